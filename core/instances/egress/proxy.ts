/**
 * The egress proxy: the only way from a plugin process to the network. Each instance of a plugin with `net` permissions has a
 * loopback port and a secret of its own, and reaches only what its grant lists.
 *
 * https is tunnelled through CONNECT and not read. http is forwarded, one request for each connection (RFC 9110, 9112).
 *
 * The secret is in `HTTP_PROXY` and `HTTPS_PROXY`, and ends with the process. An instance keeps the list with which it
 * was started. The kernel's rule names a port and no address, so a process can reach this port, another one at each
 * start, on other machines too. A refusal is a 403, a line in the log and an event, each at most once a minute.
 * A connection beyond the limits (entrance.ts) is closed at once, and is reported in the same way.
 *
 * @module
 */
import { createHash, randomBytes } from "node:crypto";
import { lookup } from "node:dns/promises";
import type { Socket } from "node:net";
import type { Clock } from "../../clock.ts";
import type { Report } from "../../journal/mod.ts";
import type { Logger } from "../../log.ts";
import { type Allowance, type Destination, destinationText, parseDestination } from "./destination.ts";
import { type ConnectionCount, Entrance } from "./entrance.ts";
import { originHead, ownAnswer, type ProxyRequest, parseRequest, secretOf, splitHead } from "./http-head.ts";
import { Refusals } from "./refusals.ts";
import { type Lookup, resolveDestination } from "./resolve.ts";
import { connectToOne, join, relayAnswer } from "./streams.ts";

/** Longest head of a request, in bytes. */
const MAX_HEAD = 16_384;
/** How long a client may take to send the head of a request, and an origin to accept a connection, in ms. */
const HEAD_MS = 10_000;
const CONNECT_MS = 10_000;
/** Longer `host:port` texts are cut in events (RFC 1035 allows names of 253 characters). */
const MAX_TOLD = 260;

/** Gives an instance access to the network. */
export interface Pass {
  /** The only port that it may connect to. */
  readonly port: number;
  /** For its environment; they contain the secret. */
  readonly variables: Readonly<Record<string, string>>;
  /** Ends its connections, and accepts no new ones. */
  revoke(): void;
}

export interface EgressOptions {
  clock: Clock;
  log: Logger;
  /** Gets an event for each refusal. */
  report: Report;
  /** Default: the resolver of the system. */
  lookup?: Lookup;
}

/** An instance that has a pass. */
interface Holder {
  readonly slot: string;
  readonly grant: readonly Allowance[];
  /** SHA-256 of its secret, so that the time of a comparison reveals nothing about it. */
  readonly secretHash: string;
}

export class EgressProxy {
  readonly #entrances = new Map<Holder, Entrance>();
  readonly #origins = new Set<Socket>();
  readonly #all: ConnectionCount = { connections: 0 };
  readonly #refusals: Refusals;
  readonly #lookup: Lookup;

  constructor(private readonly options: EgressOptions) {
    this.#refusals = new Refusals(options);
    this.#lookup = options.lookup ?? systemLookup;
  }

  /**
   * Gives an instance access to the destinations of its grant. Later changes of the config do not change that list.
   *
   * @throws Error if the proxy cannot listen on a loopback port
   */
  async admit(slot: string, grant: readonly Allowance[]): Promise<Pass> {
    const secret = randomBytes(32).toString("hex");
    const holder: Holder = { slot, grant, secretHash: hashOf(secret) };
    const entrance = await Entrance.open(this.options.clock, this.#all, {
      connection: (client) => void this.#serveOrClose(client, holder),
      refused: (reason) => this.#refusals.tell(slot, `127.0.0.1:${port}`, reason),
    });
    const { port } = entrance;
    this.#entrances.set(holder, entrance);
    return {
      port,
      variables: proxyVariables(`http://plugin:${secret}@127.0.0.1:${port}`),
      revoke: () => {
        this.#entrances.delete(holder);
        void entrance.close();
        if (![...this.#entrances.keys()].some((other) => other.slot === slot)) this.#refusals.forget(slot);
      },
    };
  }

  /** Ends every connection and stops listening. */
  async close(): Promise<void> {
    const closed = Promise.all([...this.#entrances.values()].map((entrance) => entrance.close()));
    this.#entrances.clear();
    for (const origin of this.#origins) origin.destroy();
    await closed;
  }

  async #serveOrClose(client: Socket, holder: Holder): Promise<void> {
    try {
      await this.#serve(client, holder);
    } catch (error) {
      this.options.log.error({ err: error }, "the egress proxy failed at a request");
      client.destroy();
    }
  }

  async #serve(client: Socket, holder: Holder): Promise<void> {
    const received = await this.#readHead(client);
    if (!received) return;
    const request = parseRequest(received.head);
    if (!request) return answer(client, 400, "Bad Request", "This is no request to an HTTP/1.1 proxy");
    const secret = secretOf(request);
    if (secret === undefined || hashOf(secret) !== holder.secretHash) {
      const text = "This proxy serves the plugins of the engine alone, each by the secret in its HTTP_PROXY";
      return answer(client, 407, "Proxy Authentication Required", text);
    }
    await this.#forward(client, request, received.rest, holder);
  }

  async #forward(client: Socket, request: ProxyRequest, rest: Buffer, holder: Holder): Promise<void> {
    const tunnel = request.method === "CONNECT";
    const url = tunnel ? undefined : URL.parse(request.target);
    const destination = tunnel
      ? parseDestination(request.target, 443)
      : url?.protocol === "http:"
        ? parseDestination(url.host, 80)
        : undefined;
    if (!destination) {
      const text = "A host and port are needed behind CONNECT, or else an absolute http URL";
      return answer(client, 400, "Bad Request", text);
    }
    const resolution = await resolveDestination(destination, holder.grant, this.#lookup);
    if (!resolution.addresses) {
      const { outcome, reason } = resolution;
      if (outcome === "unknown") return answer(client, 502, "Bad Gateway", reason);
      this.#refusals.tell(holder.slot, destinationText(destination).slice(0, MAX_TOLD), reason);
      return answer(client, 403, "Forbidden", reason);
    }
    const origin = await this.#connect(client, destination, resolution.addresses);
    if (!origin) return;
    if (url) {
      origin.write(originHead(request, url), "latin1");
      relayAnswer(origin, client);
    } else client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    if (rest.length > 0) origin.write(rest);
    join(client, origin, { both: tunnel });
  }

  /** @returns undefined if no address can be reached, which the client gets as an answer, or if the client has left */
  async #connect(
    client: Socket,
    destination: Destination,
    addresses: readonly string[],
  ): Promise<Socket | undefined> {
    const { clock } = this.options;
    const leaving = new AbortController();
    client.once("close", () => leaving.abort());
    if (client.destroyed) return undefined;
    const late = clock.after(CONNECT_MS, () => leaving.abort());
    try {
      const origin = await connectToOne(addresses, destination.port, leaving.signal);
      this.#origins.add(origin);
      origin.once("close", () => this.#origins.delete(origin));
      return origin;
    } catch (cause) {
      const why = leaving.signal.aborted ? `no answer within ${CONNECT_MS} ms` : String(cause);
      answer(client, 502, "Bad Gateway", `${destinationText(destination)} cannot be reached: ${why}`);
      return undefined;
    } finally {
      late.cancel();
    }
  }

  /** @returns undefined if the client sent no head in time, or too long a head; the client then gets an answer */
  async #readHead(client: Socket): Promise<{ head: string; rest: Buffer } | undefined> {
    const { promise, resolve } = Promise.withResolvers<{ head: string; rest: Buffer } | undefined>();
    let bytes: Buffer = Buffer.alloc(0);
    const refuse = (status: number, reason: string, text: string) => {
      answer(client, status, reason, text);
      resolve(undefined);
    };
    const read = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const found = splitHead(bytes);
      if (found && found.head.length <= MAX_HEAD) resolve(found);
      else if (bytes.length > MAX_HEAD) {
        refuse(431, "Request Header Fields Too Large", `The head of a request has ${MAX_HEAD} bytes at most`);
      } else return;
      client.pause();
    };
    const gone = () => resolve(undefined);
    const late = this.options.clock.after(HEAD_MS, () =>
      refuse(408, "Request Timeout", `No request came within ${HEAD_MS} ms`),
    );
    client.on("data", read).once("close", gone).once("end", gone);
    const head = await promise;
    late.cancel();
    client.off("data", read).off("close", gone).off("end", gone);
    if (!head && !client.writableEnded) client.destroy();
    return head;
  }
}

function answer(client: Socket, status: number, reason: string, text: string): void {
  if (client.destroyed) return;
  // The rest of its request is of no use, but must be read: only then does the client read the answer.
  client.resume();
  client.end(ownAnswer(status, reason, text), () => client.destroySoon());
}

/**
 * Both spellings, because programs differ in which they read. NO_PROXY is empty because nothing can be reached without the
 * proxy, not even this machine.
 */
function proxyVariables(url: string): Record<string, string> {
  return {
    HTTP_PROXY: url,
    HTTPS_PROXY: url,
    NO_PROXY: "",
    http_proxy: url,
    https_proxy: url,
    no_proxy: "",
  };
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

async function systemLookup(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}
