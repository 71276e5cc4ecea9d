/**
 * Clients of the servers that are compared: each asks for one text at a time, and counts what it hears.
 *
 * @module
 */
import { HttpConnection, postRequest, speechRequest } from "./http-connection.ts";
import { WyomingConnection } from "./wyoming-connection.ts";

/** Where speech is asked for, and how. */
export type Target =
  | { kind: "syrinx"; url: string; voice: string }
  | { kind: "piper-http"; url: string }
  | { kind: "wyoming"; port: number };

export interface Spoken {
  /** Length of the sound, in seconds. */
  seconds: number;
  /** From the request to the first byte of sound, in ms. */
  firstByteMs: number;
}

export interface SpeechClient {
  speak(text: string): Promise<Spoken>;
  close(): void;
}

const WAV_HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;

export async function openClient(target: Target): Promise<SpeechClient> {
  if (target.kind === "wyoming") return WyomingConnection.open(target.port);
  return new WavClient(target.url, (text) =>
    target.kind === "syrinx"
      ? speechRequest(target.url, { input: text, voice: target.voice, response_format: "wav" })
      : postRequest(target.url, "/synthesize", { text }),
  );
}

/** Asks for WAV over HTTP. Connects again where the server closes the connection after each answer. */
class WavClient implements SpeechClient {
  #connection: HttpConnection | undefined;
  #bytes = 0;
  #began = 0;
  #firstByteMs = 0;

  constructor(
    private readonly url: string,
    private readonly requestFor: (text: string) => string,
  ) {}

  async speak(text: string): Promise<Spoken> {
    this.#bytes = 0;
    this.#began = performance.now();
    this.#connection ??= await HttpConnection.open(this.url, (bytes) => this.#count(bytes));
    const { status, beginning, closes } = await this.#connection.send(this.requestFor(text));
    if (closes) this.close();
    if (status !== 200) throw new Error(`${this.url} answered with status ${status}: 200 is needed`);
    return {
      seconds: (this.#bytes - WAV_HEADER_BYTES) / (BYTES_PER_SAMPLE * wavRate(beginning)),
      firstByteMs: this.#firstByteMs,
    };
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  #count(bytes: number): void {
    // A header alone is not heard.
    if (this.#bytes <= WAV_HEADER_BYTES && this.#bytes + bytes > WAV_HEADER_BYTES)
      this.#firstByteMs = performance.now() - this.#began;
    this.#bytes += bytes;
  }
}

/** @returns the sample rate of 16 bit mono WAV, in Hz @throws Error if it is not that */
function wavRate(header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [channels, rate, bits] = [
    view.getUint16(22, true),
    view.getUint32(24, true),
    view.getUint16(34, true),
  ];
  if (channels !== 1 || bits !== 8 * BYTES_PER_SAMPLE)
    throw new Error(`The sound has ${channels} channels of ${bits} bits: mono of 16 bits is needed`);
  return rate;
}
