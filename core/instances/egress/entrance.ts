/**
 * The port of one instance: where its connections to the proxy arrive. So it is known whose a connection is before it says
 * anything, and an instance that connects and stays mute takes nothing from the others.
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { ownAnswer } from "./http-head.ts";

/** Connections that an instance may have at once. Each takes up to two descriptors of the core. */
export const MAX_CONNECTIONS = 128;
/** Connections that all instances together may have at once. */
export const MAX_IN_ALL = 512;
/** Connections that an instance may have in any case, so that the others cannot take all of them. */
export const MIN_CONNECTIONS = 16;

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
  readonly #server: Server;

  private constructor(
    private readonly all: ConnectionCount,
    private readonly events: EntranceEvents,
  ) {
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#take(client));
  }

  /** @throws Error if it cannot listen on a loopback port */
  static async open(all: ConnectionCount, events: EntranceEvents): Promise<Entrance> {
    const entrance = new Entrance(all, events);
    entrance.#server.listen({ host: "127.0.0.1", port: 0, exclusive: true });
    await once(entrance.#server, "listening");
    // The engine must be able to exit while this server listens.
    entrance.#server.unref();
    return entrance;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends its connections, and accepts no new ones. */
  async close(): Promise<void> {
    const closed = new Promise((done) => this.#server.close(done));
    for (const client of this.#clients) client.destroy();
    await closed;
  }

  #take(client: Socket): void {
    client.on("error", () => client.destroy());
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
