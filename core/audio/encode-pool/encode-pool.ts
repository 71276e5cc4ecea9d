/**
 * Encodes streams of samples on a few threads, and cheap formats in place.
 *
 * @module
 */
import { type Clock, systemClock } from "../../clock.ts";
import type { SyrinxError } from "../../errors.ts";
import { AudioEncoder } from "../audio-encoder.ts";
import { type AudioFormat, checkEncoding, defaultSampleRate } from "../encode/mod.ts";
import { EncodeThread } from "./encode-thread.ts";
import { InPlaceEncoder } from "./in-place-encoder.ts";
import { PooledEncoder } from "./pooled-encoder.ts";
import type { StreamEncoder } from "./stream-encoder.ts";

/** While each thread has at least this many streams, another one is started, up to the limit. */
const STREAMS_PER_THREAD = 4;
/** After a thread could not start, no other one is started for this time, in ms. */
const RETRY_MS = 60_000;

export interface EncodePoolOptions {
  /** How many threads there may be, at least one. */
  threads: number;
  /** The module of a thread. Default: that of the engine. */
  script?: URL;
  /** Called when a thread cannot start, and not again until one has started. */
  startFailed?(error: SyrinxError): void;
  clock?: Pick<Clock, "monotonic">;
}

/**
 * A stream stays on one thread, because its encoder has a state. The first thread is started with the first stream that needs
 * one. Until it is ready, streams are encoded in place: so nobody waits for it. If a thread dies, its streams fail. Another one
 * is started for the next stream. If it cannot start, the next one is tried a minute later.
 */
export class EncodePool {
  readonly #script: URL;
  #threads: EncodeThread[] = [];
  #lastStream = 0;
  /** When a thread may be started again, on the monotonic clock, in ms. */
  #retryAt = -Infinity;
  #hasFailed = false;

  constructor(private readonly options: EncodePoolOptions) {
    this.#script = options.script ?? new URL("./encode-worker.ts", import.meta.url);
  }

  /**
   * @param voiceRate of the samples, Hz
   * @param sampleRate of the encoded audio, Hz; absent: the default of the format, else that of the voice
   * @throws SyrinxError format-unsupported
   */
  async open(
    format: AudioFormat,
    voiceRate: number,
    sampleRate = defaultSampleRate(format, voiceRate),
  ): Promise<StreamEncoder> {
    checkEncoding(format, sampleRate);
    // The other formats take less time than the way to a thread. Figures are in core/audio/README.md.
    const thread = format === "mp3" ? this.#thread() : undefined;
    if (thread) return new PooledEncoder(thread, ++this.#lastStream, format, voiceRate, sampleRate);
    return new InPlaceEncoder(await AudioEncoder.create(format, voiceRate, sampleRate));
  }

  /** Ends the threads. Streams that they still have fail. */
  close(): void {
    for (const thread of this.#threads) thread.end("The engine stopped before this audio was encoded");
    this.#threads = [];
  }

  /** Starts a thread if one more is needed. @returns the one with the fewest streams of those that are ready */
  #thread(): EncodeThread | undefined {
    this.#threads = this.#threads.filter(({ hasEnded }) => !hasEnded);
    const busy = this.#threads.every(({ load, isReady }) => isReady && load >= STREAMS_PER_THREAD);
    if (busy && this.#threads.length < this.options.threads && this.#now() >= this.#retryAt)
      this.#startThread();
    return this.#threads.filter(({ isReady }) => isReady).toSorted((a, b) => a.load - b.load)[0];
  }

  #startThread(): void {
    const thread = new EncodeThread(this.#script);
    this.#threads.push(thread);
    thread.started.then(
      () => {
        this.#hasFailed = false;
      },
      (error: SyrinxError) => {
        // Otherwise the pool was closed.
        if (this.#threads.includes(thread)) this.#startFailed(error);
      },
    );
  }

  #startFailed(error: SyrinxError): void {
    this.#retryAt = this.#now() + RETRY_MS;
    if (!this.#hasFailed) this.options.startFailed?.(error);
    this.#hasFailed = true;
  }

  #now(): number {
    return (this.options.clock ?? systemClock).monotonic();
  }
}
