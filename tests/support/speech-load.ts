/**
 * Clients that have texts spoken again and again, and remember what they heard.
 *
 * @module
 */
import type { EngineProcess } from "./engine-process.ts";

const SHORT = "Yes.";
const MIDDLE = "The birch canoe slid on the smooth planks.";
const LONG = "First one sentence. Then another one. And then a third, which is the last of them.";

/** What is requested: texts short and long, as audio and as events, in a format that is framed and one that is coded. */
const REQUESTS = [
  { input: SHORT, response_format: "wav", stream_format: "sse" },
  { input: MIDDLE, response_format: "wav", stream_format: "audio" },
  { input: LONG, response_format: "wav", stream_format: "audio" },
  { input: SHORT, response_format: "mp3", stream_format: "audio" },
  { input: LONG, response_format: "wav", stream_format: "sse" },
  { input: MIDDLE, response_format: "mp3", stream_format: "sse" },
  { input: SHORT, response_format: "wav", stream_format: "audio" },
] as const;

/** All that was heard of one request from one generation. */
export interface Heard {
  generation: number;
  /** What was requested: text, format and kind of stream. */
  request: string;
  /** Hash of the audio → how often it was heard. Without noise in the voice, more than one is a mixture. */
  hashes: Map<string, number>;
}

export class SpeechLoad implements AsyncDisposable {
  requests = 0;
  /** Why requests failed, one each. */
  readonly failures: string[] = [];
  /** Of each request, ms to the first byte of the answer. */
  readonly firstByteMs: number[] = [];
  readonly #heard = new Map<string, Heard>();
  #running: Promise<void>[] = [];
  #paused = true;

  /**
   * @param clients how many requests are under way at once, at most
   * @param pauseMs how long a client waits after each of its requests; 0: the machine has no time to spare
   */
  constructor(
    private readonly engine: EngineProcess,
    private readonly voice: string,
    private readonly clients: number,
    private readonly pauseMs = 0,
  ) {}

  get heard(): Heard[] {
    return [...this.#heard.values()];
  }

  start(): void {
    this.#paused = false;
    this.#running = Array.from({ length: this.clients }, (_, own) => this.#client(own));
  }

  /** Begins no more requests. Resolves when those that were begun are over. */
  async pause(): Promise<void> {
    this.#paused = true;
    await Promise.all(this.#running);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pause();
  }

  async #client(own: number): Promise<void> {
    for (let n = own; !this.#paused; n++) {
      const request = REQUESTS[n % REQUESTS.length]!;
      this.requests++;
      try {
        await this.#ask(request);
      } catch (error) {
        this.failures.push(String(error));
      }
      if (this.pauseMs > 0) await Bun.sleep(this.pauseMs);
    }
  }

  async #ask(request: (typeof REQUESTS)[number]): Promise<void> {
    const began = performance.now();
    const response = await this.engine.post("/v1/audio/speech", { ...request, voice: this.voice });
    if (!response.ok) throw new Error(`status ${response.status}: ${await response.text()}`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      if (chunks.length === 0) this.firstByteMs.push(performance.now() - began);
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    const audio = request.stream_format === "sse" ? audioOf(bytes.toString()) : bytes;
    this.#hear(Number(response.headers.get("X-Syrinx-Generation")), JSON.stringify(request), audio);
  }

  #hear(generation: number, request: string, audio: Uint8Array): void {
    const key = `${generation} ${request}`;
    const heard = this.#heard.get(key) ?? { generation, request, hashes: new Map<string, number>() };
    this.#heard.set(key, heard);
    const hash = Bun.hash(audio).toString();
    heard.hashes.set(hash, (heard.hashes.get(hash) ?? 0) + 1);
  }
}

/** @returns the audio that OpenAI's speech events carry in pieces. @throws Error what the stream ends with, if not well */
function audioOf(events: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  let done = false;
  for (const block of events.split("\n\n").filter(Boolean)) {
    const event = JSON.parse(block.slice("data: ".length)) as { type: string; audio?: string };
    if (event.type === "error") throw new Error(block);
    if (event.audio !== undefined) pieces.push(Buffer.from(event.audio, "base64"));
    done = event.type === "speech.audio.done";
  }
  if (!done) throw new Error("The event stream ended without speech.audio.done");
  return Buffer.concat(pieces);
}
