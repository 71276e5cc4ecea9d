/**
 * Speech from a server of the Wyoming protocol, version 1: events of one line of JSON each, followed by more JSON
 * (`data_length`) and by bytes of sound (`payload_length`).
 *
 * @module
 */
import type { Socket } from "bun";

export interface WyomingSpeech {
  /** Length of the sound, in seconds. */
  seconds: number;
  /** From the request to the first byte of sound, in ms. */
  firstByteMs: number;
}

interface EventLine {
  type: string;
  data_length?: number;
  payload_length?: number;
}

/** The `data` of an event of sound. */
interface Format {
  rate: number;
  /** Bytes of a sample. */
  width: number;
  channels: number;
}

const LINE_FEED = 10;

/** One client, who asks for one text at a time. The sound is counted and not kept. */
export class WyomingConnection {
  #socket!: Socket;
  /** Bytes of an event that is not whole yet. */
  #rest: Buffer = Buffer.alloc(0);
  #begun = 0;
  #speech: WyomingSpeech = { seconds: 0, firstByteMs: 0 };
  #pending: PromiseWithResolvers<WyomingSpeech> | undefined;

  private constructor() {}

  /** @param port on 127.0.0.1 */
  static async open(port: number): Promise<WyomingConnection> {
    const connection = new WyomingConnection();
    connection.#socket = await Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: {
        data: (_, bytes) => connection.#receive(bytes),
        close: () => connection.#pending?.reject(new Error("The Wyoming server closed the connection")),
      },
    });
    return connection;
  }

  /** @throws Error if the server says `error`, or if the connection breaks */
  speak(text: string): Promise<WyomingSpeech> {
    this.#pending = Promise.withResolvers();
    this.#speech = { seconds: 0, firstByteMs: 0 };
    this.#begun = performance.now();
    const data = JSON.stringify({ text });
    this.#socket.write(`{"type":"synthesize","data_length":${Buffer.byteLength(data)}}\n${data}`);
    return this.#pending.promise;
  }

  close(): void {
    this.#pending = undefined;
    this.#socket.end();
  }

  #receive(bytes: Uint8Array): void {
    this.#rest = this.#rest.byteLength === 0 ? Buffer.from(bytes) : Buffer.concat([this.#rest, bytes]);
    while (this.#takeEvent()) {}
  }

  /** @returns whether there was a whole one */
  #takeEvent(): boolean {
    const lineEnd = this.#rest.indexOf(LINE_FEED) + 1;
    if (lineEnd === 0) return false;
    const event = JSON.parse(this.#rest.toString("utf8", 0, lineEnd)) as EventLine;
    const { type, data_length: dataBytes = 0, payload_length: payloadBytes = 0 } = event;
    const end = lineEnd + dataBytes + payloadBytes;
    if (this.#rest.byteLength < end) return false;
    const data = this.#rest.toString("utf8", lineEnd, lineEnd + dataBytes);
    this.#rest = this.#rest.subarray(end);
    if (type === "audio-chunk") this.#count(JSON.parse(data) as Format, payloadBytes);
    else if (type === "audio-stop") this.#pending?.resolve(this.#speech);
    else if (type === "error") this.#pending?.reject(new Error(`The Wyoming server says: ${data}`));
    return true;
  }

  #count({ rate, width, channels }: Format, bytes: number): void {
    if (this.#speech.seconds === 0) this.#speech.firstByteMs = performance.now() - this.#begun;
    this.#speech.seconds += bytes / (rate * width * channels);
  }
}
