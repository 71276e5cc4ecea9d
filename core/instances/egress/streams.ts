/**
 * Opens the proxy's connections to origins, and joins them to those of clients with back-pressure.
 *
 * @module
 */
import { createConnection, type Socket } from "node:net";
import { answerHead, ownAnswer, splitHead } from "./http-head.ts";

/** Longest head of an origin's answer, in bytes. */
const MAX_ANSWER_HEAD = 65_536;

/**
 * Tries several addresses one after the other, and connects to the first that accepts.
 *
 * @throws Error of the last address, or when `signal` aborts
 */
export async function connectToOne(
  addresses: readonly string[],
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  let failure: unknown;
  for (const host of addresses) {
    signal.throwIfAborted();
    try {
      return await connectTo(host, port, signal);
    } catch (cause) {
      failure = cause;
    }
  }
  throw failure;
}

function connectTo(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = createConnection({ host, port, allowHalfOpen: true, noDelay: true });
  const abort = () => socket.destroy(new Error("it took too long"));
  signal.addEventListener("abort", abort);
  socket.once("connect", () => resolve(socket));
  // This listener stays. A connection that fails later closes as well, and the close is handled.
  socket.on("error", reject);
  socket.once("close", () => reject(new Error("it was closed")));
  return promise.finally(() => signal.removeEventListener("abort", abort));
}

/** Forwards from a client to an origin and, if `both`, back as well. If one of them ends, so does the other. */
export function join(client: Socket, origin: Socket, { both }: { both: boolean }): void {
  endTogether(client, origin);
  endTogether(origin, client);
  client.pipe(origin);
  if (both) origin.pipe(client);
}

/** Forwards the answer of an origin to a client. Its head then says that the connection ends after it. */
export function relayAnswer(origin: Socket, client: Socket): void {
  let bytes: Buffer = Buffer.alloc(0);
  const read = (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (let found = splitHead(bytes); found; found = splitHead(bytes)) {
      const { head, interim } = answerHead(found.head);
      client.write(head, "latin1");
      bytes = found.rest;
      if (interim) continue;
      origin.off("data", read).off("end", early);
      if (bytes.length > 0) client.write(bytes);
      origin.pipe(client);
      return;
    }
    if (bytes.length > MAX_ANSWER_HEAD) origin.destroy();
  };
  const early = () => {
    client.end(ownAnswer(502, "Bad Gateway", "The origin ended the connection before it had answered"));
  };
  origin.on("data", read).once("end", early);
}

/** A socket that breaks off takes the other with it. For one that ended properly, the pipe ends the other. */
function endTogether(one: Socket, other: Socket): void {
  one.once("close", () => {
    if (!one.readableEnded || !one.writableFinished) other.destroy();
  });
}
