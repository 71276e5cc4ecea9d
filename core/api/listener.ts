/**
 * The address on which the engine listens, and its change while the engine serves.
 *
 * @module
 */
import type { Hono } from "hono";
import { SyrinxError } from "../errors.ts";
import type { Logger } from "../log.ts";
import type { ActivityTracker } from "./activity-tracker.ts";
import { type ListenOptions, listen, requireTokens, type Server } from "./server.ts";

/**
 * Time that a stop waits if only clients have work left, in ms. A client that plays audio reads more often than that.
 */
const PATIENCE_MS = 60_000;

/** A move to another address that can still be undone. */
export interface Move {
  /** Leaves the previous address, and finishes the requests in flight there. */
  keep(): void;
  /** Returns to the previous address. */
  undo(): void;
}

/** Creates the app for a host. The access rules differ between loopback and other addresses. */
export interface AppFactory {
  appAt(host: string): Hono;
}

export interface ListenerOptions {
  /** The tracker that the apps use. */
  activity: ActivityTracker;
  log: Logger;
}

export class Listener {
  #server: Server | undefined;
  #address: Pick<ListenOptions, "host" | "port"> | undefined;
  #apps: AppFactory | undefined;
  /** Servers of previous addresses, which finish their requests. */
  readonly #leaving = new Map<Server, Promise<void>>();

  constructor(private readonly options: ListenerOptions) {}

  /** e.g. `http://127.0.0.1:7851`; empty before `open` */
  get url(): string {
    return this.#server?.url ?? "";
  }

  /**
   * @param apps answer, here and wherever it moves
   * @throws SyrinxError as {@linkcode listen} does
   */
  open(at: ListenOptions, apps: AppFactory): void {
    this.#server = listen(apps.appAt(at.host), at);
    this.#address = { host: at.host, port: at.port };
    this.#apps = apps;
  }

  /**
   * Listens on the new address before it leaves the old one. If one address includes the other (127.0.0.1 and 0.0.0.0
   * with the same port), it leaves the old one first, and returns to it if the new one fails.
   *
   * @returns undefined if that is the current address, or it is not open
   * @throws SyrinxError as {@linkcode listen} does; it then still listens on the old address
   */
  move(to: ListenOptions): Move | undefined {
    const [server, before, apps] = [this.#server, this.#address, this.#apps];
    if (!server || !before || !apps) return undefined;
    requireTokens(to);
    if (before.host === to.host && before.port === to.port) return undefined;
    let left = false;
    // The old address was allowed before, so it needs no check.
    const openAgain = () => this.open({ ...before, port: portOf(server), hasTokens: true }, apps);
    try {
      this.open(to, apps);
    } catch (error) {
      const isOwnPort = error instanceof SyrinxError && error.code === "address-in-use";
      if (!isOwnPort || to.port !== portOf(server)) throw error;
      this.#leave(server);
      left = true;
      try {
        this.open(to, apps);
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
   * Accepts no more requests, and resolves when all requests in flight are answered, on every address. If only clients
   * have work left and none of them does any for a minute, it closes their connections.
   */
  async stop(): Promise<void> {
    const { activity } = this.options;
    if (this.#server) this.#leave(this.#server);
    const patience = activity.whenAtRest(PATIENCE_MS, () => {
      const answers = this.breakOff();
      this.options.log.warn(
        { answers },
        `no client read or sent anything for ${PATIENCE_MS / 1000} s: ${answers} responses were aborted`,
      );
    });
    await Promise.all(this.#leaving.values());
    patience.cancel();
  }

  /**
   * Closes every connection of the addresses that it leaves, even during a response.
   *
   * @returns how many requests were in flight
   */
  breakOff(): number {
    return [...this.#leaving.keys()].reduce((sum, server) => sum + server.breakOff(), 0);
  }

  #leave(server: Server): void {
    const left = server.stop().finally(() => this.#leaving.delete(server));
    this.#leaving.set(server, left);
  }
}

function portOf({ url }: Server): number {
  return Number(new URL(url).port);
}
