/**
 * A keep-alive HTTP/1.1 connection that takes next to no CPU time, so that the load does not slow down what it
 * measures: it counts the body's bytes and keeps none.
 *
 * @module
 */
import type { Socket } from "bun";

export interface Answer {
  status: number;
  /** That spoke, for speech; else NaN. */
  generation: number;
  /** Of the body, without the transfer coding. */
  bytes: number;
  /** The first bytes of the body, {@linkcode BEGINNING_BYTES} at most. */
  beginning: Uint8Array;
  /** Whether the server closes the connection after this answer. */
  closes: boolean;
  /** From the request to the first byte of the body, in ms. */
  firstByteMs: number;
  /** From the request to the end of the body, in ms. */
  ms: number;
}

/** What the next bytes are. */
type State = "head" | "chunk-size" | "chunk" | "chunk-end" | "trailer" | "body";

const CR_LF = 2;
/** How much of a body is kept: a WAV header. */
const BEGINNING_BYTES = 44;

export class HttpConnection {
  #socket!: Socket;
  #state: State = "head";
  /** A line or a head that is not whole yet. */
  #text = "";
  #left = 0;
  #begun = 0;
  #answer: Answer = noAnswer();
  #pending: PromiseWithResolvers<Answer> | undefined;
  #closed: Error | undefined;

  /** @param bytesCome called as bytes of a body come in, with their number */
  private constructor(private readonly bytesCome: (bytes: number) => void) {}

  /** @param url e.g. `http://127.0.0.1:7851` */
  static async open(url: string, bytesCome: (bytes: number) => void = () => {}): Promise<HttpConnection> {
    const { hostname, port } = new URL(url);
    const connection = new HttpConnection(bytesCome);
    connection.#socket = await Bun.connect({
      hostname,
      port: Number(port),
      socket: {
        data: (_, chunk) => connection.#receive(chunk),
        close: () => {
          connection.#closed = new Error("The engine closed the connection");
          connection.#pending?.reject(connection.#closed);
        },
      },
    });
    return connection;
  }

  /** Sends a request, one at a time. @throws Error if the connection breaks */
  send(request: string): Promise<Answer> {
    if (this.#closed) return Promise.reject(this.#closed);
    this.#pending = Promise.withResolvers();
    this.#answer = noAnswer();
    this.#begun = performance.now();
    this.#socket.write(request);
    return this.#pending.promise;
  }

  close(): void {
    this.#pending = undefined;
    this.#socket.end();
  }

  #receive(data: Uint8Array): void {
    for (let at = 0; at < data.byteLength;) {
      if (this.#state === "chunk" || this.#state === "body") at += this.#count(data, at);
      else at = this.#readLine(data, at);
    }
  }

  /** Takes bytes of the body. @returns how many */
  #count(data: Uint8Array, at: number): number {
    const taken = Math.min(data.byteLength - at, this.#left);
    const { bytes, beginning } = this.#answer;
    if (bytes === 0) this.#answer.firstByteMs = performance.now() - this.#begun;
    if (bytes < BEGINNING_BYTES) {
      const more = data.subarray(at, at + Math.min(taken, BEGINNING_BYTES - bytes));
      this.#answer.beginning = Buffer.concat([beginning, more]);
    }
    this.#answer.bytes += taken;
    this.bytesCome(taken);
    this.#left -= taken;
    if (this.#left > 0) return taken;
    if (this.#state === "body") this.#end();
    else this.#state = "chunk-end";
    return taken;
  }

  /** Takes one line of what is not the body. @returns where the next byte stands */
  #readLine(data: Uint8Array, from: number): number {
    const lineFeed = data.indexOf(10, from);
    const end = lineFeed < 0 ? data.byteLength : lineFeed + 1;
    this.#text += Buffer.from(data.buffer, data.byteOffset + from, end - from).toString("latin1");
    if (lineFeed >= 0) this.#line();
    return end;
  }

  #line(): void {
    if (this.#state === "head") {
      if (!this.#text.endsWith("\r\n\r\n")) return;
      this.#head(this.#text);
    } else if (this.#state === "chunk-size") {
      this.#left = Number.parseInt(this.#text, 16);
      this.#state = this.#left === 0 ? "trailer" : "chunk";
    } else if (this.#state === "chunk-end") this.#state = "chunk-size";
    else if (this.#text.length === CR_LF) this.#end();
    this.#text = "";
  }

  #head(head: string): void {
    this.#answer.status = Number(head.slice("HTTP/1.1 ".length, "HTTP/1.1 200".length));
    this.#answer.closes = /^connection: *close/im.test(head);
    this.#answer.generation = Number(/^x-syrinx-generation: *(\d+)/im.exec(head)?.[1]);
    if (/^transfer-encoding: *chunked/im.test(head)) {
      this.#state = "chunk-size";
      return;
    }
    this.#left = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    this.#state = "body";
    if (this.#left === 0) this.#end();
  }

  #end(): void {
    this.#state = "head";
    this.#answer.ms = performance.now() - this.#begun;
    this.#pending?.resolve(this.#answer);
  }
}

function noAnswer(): Answer {
  return {
    status: 0,
    generation: NaN,
    bytes: 0,
    beginning: new Uint8Array(),
    closes: false,
    firstByteMs: 0,
    ms: 0,
  };
}

/** @returns a request for speech as it goes over the wire */
export function speechRequest(
  url: string,
  body: { input: string; response_format: string; voice: string },
): string {
  return postRequest(url, "/v1/audio/speech", body);
}

/** @returns a POST of JSON as it goes over the wire */
export function postRequest(url: string, path: string, body: object): string {
  const text = JSON.stringify(body);
  return (
    `POST ${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
  );
}

/** @returns a GET as it goes over the wire */
export function getRequest(url: string, path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`;
}
