/**
 * Where the engine listens, and how it goes from one address to another while it serves.
 *
 * @module
 */
import type { Hono } from "hono";
import { SyrinxError } from "../errors.ts";
import type { Logger } from "../log.ts";
import { listen, type ListenOptions, requireTokens, type Server } from "./server.ts";
import type { ActivityTracker } from "./activity-tracker.ts";

/** How long a stop waits for clients alone, in ms. Who plays sound as it comes takes some of it more often than that. */
const PATIENCE_MS = 60_000;

/** Another address that is listened on, as long as it is not known yet whether that is to stay. */
export interface Move {
  /** Leaves the address before: what is in flight there is finished. */
  keep(): void;
  /** Goes back to the address before. */
  undo(): void;
}

export interface ListenerOptions {
  /** Makes what answers on a host: on loopback others may call than elsewhere. */
  appAt(host: string): Hono;
  /** That of what answers. */
  activity: ActivityTracker;
  log: Logger;
}

export class Listener {
  #server: Server | undefined;
  #address: Pick<ListenOptions, "host" | "port"> | undefined;
  /** Addresses that were left and finish what they began. */
  readonly #leaving = new Map<Server, Promise<void>>();

  constructor(private readonly options: ListenerOptions) {}

  get isOpen(): boolean {
    return this.#server !== undefined;
  }

  /** e.g. `http://127.0.0.1:7851`; empty before it is open */
  get url(): string {
    return this.#server?.url ?? "";
  }

  /** @throws SyrinxError as {@linkcode listen} does */
  open(at: ListenOptions): void {
    this.#server = listen(this.options.appAt(at.host), at);
    this.#address = { host: at.host, port: at.port };
  }

  /**
   * Listens on another address as well, before the one before is left. Where one of the two takes in the other (127.0.0.1
   * and 0.0.0.0, of one port), the one before is left first, and taken again if the other cannot be had.
   *
   * @returns undefined if that is the present address
   * @throws SyrinxError as {@linkcode listen} does; it listens where it did then
   */
  move(to: ListenOptions): Move | undefined {
    const [server, before] = [this.#server, this.#address];
    if (!server || !before) return undefined;
    requireTokens(to);
    if (before.host === to.host && before.port === to.port) return undefined;
    let left = false;
    // It was let listen there before.
    const openAgain = () => this.open({ ...before, port: portOf(server), hasTokens: true });
    try {
      this.open(to);
    } catch (error) {
      const isOwnPort = error instanceof SyrinxError && error.code === "address-in-use";
      if (!isOwnPort || to.port !== portOf(server)) throw error;
      this.#leave(server);
      left = true;
      try {
        this.open(to);
      } catch (cause) {
        openAgain();
        throw cause;
      }
    }
    const next = this.#server;
    return {
      keep: () => {
        if (!left) this.#leave(server);
      },
      undo: () => {
        if (next) this.#leave(next);
        if (left) openAgain();
        else [this.#server, this.#address] = [server, before];
      },
    };
  }

  /**
   * Takes no more requests, and resolves when those in flight are answered, wherever they came in. When all that is left to
   * do is the clients', and none of them does it for a minute, their connections are broken.
   */
  async stop(): Promise<void> {
    const { activity } = this.options;
    if (this.#server) this.#leave(this.#server);
    const patience = activity.whenAtRest(PATIENCE_MS, () => this.#breakOff());
    await Promise.all(this.#leaving.values());
    patience.cancel();
  }

  #leave(server: Server): void {
    const left = server.stop().finally(() => this.#leaving.delete(server));
    this.#leaving.set(server, left);
  }

  #breakOff(): void {
    const answers = [...this.#leaving.keys()].reduce((sum, server) => sum + server.breakOff(), 0);
    this.options.log.warn(
      { answers },
      `nobody took what was left, or finished asking, for ${PATIENCE_MS / 1000} s: ${answers} answers were broken off`,
    );
  }
}

function portOf({ url }: Server): number {
  return Number(new URL(url).port);
}
