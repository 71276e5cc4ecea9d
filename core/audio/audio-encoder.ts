import { type AudioFormat, createEncoder, defaultSampleRate, type Encoder, SLICE_MS } from "./encode/mod.ts";
import { Resampler } from "./resample.ts";

/** The output of a resampler until it is encoded, for every encoder of this thread: a slice at up to 192 kHz, and some more. */
const resampled = new Float32Array(Math.ceil((192_000 * SLICE_MS) / 1000) + 1024);

/** Encodes the samples of a voice to a format; resamples them first if the rates differ. */
export class AudioEncoder {
  readonly #slice: number;
  #samples = 0;
  #finished = false;

  private constructor(
    private readonly encoder: Encoder,
    private readonly resampler: Resampler | undefined,
    private readonly voiceRate: number,
  ) {
    this.#slice = Math.ceil((voiceRate * SLICE_MS) / 1000);
  }

  /**
   * @param voiceRate rate of the samples, in Hz
   * @param sampleRate rate of the encoded audio, in Hz; absent: the default of the format, else that of the voice
   * @throws SyrinxError format-unsupported
   */
  static async create(
    format: AudioFormat,
    voiceRate: number,
    sampleRate = defaultSampleRate(format, voiceRate),
  ): Promise<AudioEncoder> {
    const encoder = await createEncoder(format, sampleRate);
    return new AudioEncoder(
      encoder,
      sampleRate === voiceRate ? undefined : new Resampler(voiceRate, sampleRate),
      voiceRate,
    );
  }

  get contentType(): string {
    return this.encoder.contentType;
  }

  /** Length of the sound that was encoded so far, in ms. */
  get durationMs(): number {
    return (this.#samples / this.voiceRate) * 1000;
  }

  /** Yields the bytes that are complete. It does about a millisecond of work before each. */
  *encode(samples: Float32Array): Generator<Uint8Array<ArrayBuffer>> {
    this.#samples += samples.length;
    for (let at = 0; at < samples.length; at += this.#slice) {
      const slice = samples.subarray(at, at + this.#slice);
      const bytes = this.encoder.encode(this.resampler ? this.resampler.push(slice, resampled) : slice);
      if (bytes.byteLength > 0) yield bytes;
    }
  }

  /** Ends the stream, and yields the rest of its bytes. */
  *finish(): Generator<Uint8Array<ArrayBuffer>> {
    if (this.#finished) return;
    this.#finished = true;
    const rest = this.resampler ? this.encoder.encode(this.resampler.flush()) : undefined;
    if (rest && rest.byteLength > 0) yield rest;
    const end = this.encoder.finish();
    if (end.byteLength > 0) yield end;
  }

  /** Frees an encoder that is not finished, so that its memory is used again for the next one. Idempotent. */
  release(): void {
    if (!this.#finished) this.encoder.finish();
    this.#finished = true;
  }
}
