import { AUDIO_FORMATS, type AudioFormat } from "../encode/mod.ts";
import type { EncodeThread } from "./encode-thread.ts";
import type { StreamEncoder } from "./stream-encoder.ts";

/** How much of a stream is encoded first, in ms: little, so that its first bytes come early. */
const FIRST_MS = 100;
/**
 * How much is encoded at once after that, at most, in ms. It takes the thread about 5 ms, for which other streams wait. Each
 * time costs the caller's thread 0.1 ms.
 */
const NEXT_MS = 1000;

/** Encodes on another thread: one slice after another, each when the one before was read. */
export class PooledEncoder implements StreamEncoder {
  readonly contentType: string;
  #samples = 0;
  #finished = false;

  /**
   * @param thread where the stream lives until it is released
   * @param stream its number there
   * @param voiceRate of the samples, Hz
   * @param sampleRate of the encoded audio, Hz
   */
  constructor(
    private readonly thread: EncodeThread,
    private readonly stream: number,
    format: AudioFormat,
    private readonly voiceRate: number,
    sampleRate: number,
  ) {
    this.contentType = AUDIO_FORMATS[format].contentType;
    thread.open(stream, format, voiceRate, sampleRate);
  }

  get durationMs(): number {
    return (this.#samples / this.voiceRate) * 1000;
  }

  async *encode(samples: Float32Array): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < samples.length;) {
      const ms = this.#samples === 0 ? FIRST_MS : NEXT_MS;
      // A copy, because its buffer is transferred.
      const slice = samples.slice(at, at + Math.ceil((this.voiceRate * ms) / 1000));
      at += slice.length;
      this.#samples += slice.length;
      const bytes = await this.thread.bytesOf({ type: "encode", stream: this.stream, samples: slice });
      if (bytes.byteLength > 0) yield bytes;
    }
  }

  async *finish(): AsyncGenerator<Uint8Array> {
    if (this.#finished) return;
    this.#finished = true;
    const bytes = await this.thread.bytesOf({ type: "finish", stream: this.stream });
    if (bytes.byteLength > 0) yield bytes;
  }

  release(): void {
    this.#finished = true;
    this.thread.release(this.stream);
  }
}
