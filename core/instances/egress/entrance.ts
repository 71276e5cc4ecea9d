/**
 * The port of one instance: where its connections to the proxy arrive. So it is known whose a connection is before it says
 * anything, and an instance that connects and stays mute takes nothing from the others.
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Clock } from "../../clock.ts";
import { Allowance } from "../../protocol/mod.ts";
import { ownAnswer } from "./http-head.ts";

/** Connections that an instance may have at once. Each takes up to two descriptors of the core. */
export const MAX_CONNECTIONS = 128;
/** Connections that all instances together may have at once. */
export const MAX_IN_ALL = 512;
/** Connections that an instance may have in any case, so that the others cannot take all of them. */
export const MIN_CONNECTIONS = 16;
/**
 * Connections that an instance may make at once, and then in each second. One costs the core 0.07 ms. Beyond that, nobody
 * listens for a while, and the kernel refuses them, which costs the core nothing.
 */
const PACE = { most: 1_000, perSecond: 200 };
/** How long nobody listens then, in ms. */
const PAUSE_MS = 1_000;

/** Counts the connections of all instances. */
export interface ConnectionCount {
  connections: number;
}

export interface EntranceEvents {
  /** A connection, which may have sent nothing yet. */
  connection(client: Socket): void;
  /** A connection was closed because of a limit. */
  refused(reason: string): void;
}

export class Entrance {
  readonly #clients = new Set<Socket>();
  readonly #pace: Allowance;
  /** undefined: nobody listens. */
  #server: Server | undefined;
  #isClosed = false;
  #port = 0;

  private constructor(
    private readonly clock: Clock,
    private readonly all: ConnectionCount,
    private readonly events: EntranceEvents,
  ) {
    this.#pace = new Allowance(PACE, clock);
  }

  /** @throws Error if it cannot listen on a loopback port */
  static async open(clock: Clock, all: ConnectionCount, events: EntranceEvents): Promise<Entrance> {
    const entrance = new Entrance(clock, all, events);
    await entrance.#listen();
    return entrance;
  }

  get port(): number {
    return this.#port;
  }

  /** Ends its connections, and accepts no new ones. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const server = this.#server;
    const closed = server && new Promise((done) => server.close(done));
    for (const client of this.#clients) client.destroy();
    await closed;
  }

  async #listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (client) => this.#take(client));
    server.listen({ host: "127.0.0.1", port: this.#port, exclusive: true });
    await once(server, "listening");
    // The engine must be able to exit while this server listens.
    server.unref();
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    if (this.#isClosed) server.close();
  }

  #pause(): void {
    this.events.refused(`The plugin makes more than ${PACE.perSecond} connections in a second`);
    this.#server?.close();
    this.#server = undefined;
    this.clock.after(PAUSE_MS, () => void this.#resume());
  }

  async #resume(): Promise<void> {
    if (this.#isClosed) return;
    try {
      await this.#listen();
    } catch {
      // Somebody else has taken the port. They may leave it.
      this.clock.after(PAUSE_MS, () => void this.#resume());
    }
  }

  #take(client: Socket): void {
    client.on("error", () => client.destroy());
    if (!this.#pace.spend(1)) {
      client.destroy();
      if (this.#server) this.#pause();
      return;
    }
    const excess = this.#excess();
    if (excess !== undefined) {
      this.events.refused(excess);
      client.end(ownAnswer(503, "Service Unavailable", excess), () => client.destroy());
      return;
    }
    this.#clients.add(client);
    this.all.connections++;
    client.once("close", () => {
      this.#clients.delete(client);
      this.all.connections--;
    });
    this.events.connection(client);
  }

  /** @returns why one more connection is too many */
  #excess(): string | undefined {
    const own = this.#clients.size;
    if (own >= MAX_CONNECTIONS) return `The plugin has ${MAX_CONNECTIONS} connections, and may not have more`;
    if (own < MIN_CONNECTIONS || this.all.connections < MAX_IN_ALL) return undefined;
    return `All plugins together have ${MAX_IN_ALL} connections, and may not have more`;
  }
}
