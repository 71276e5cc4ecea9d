/**
 * The wav files that the engine streams (RIFF WAVE, 16-bit PCM, mono). Their headers have no true sizes, because nobody knows the
 * length when the stream begins.
 *
 * @module
 */

/** Bytes before the first sample. */
const HEADER_BYTES = 44;
const SAMPLE_BYTES = 2;
const RIFF_SIZE_AT = 4;
const DATA_SIZE_AT = 40;
const RATE_AT = 24;
/** The RIFF size counts the bytes after its own field. */
const BEFORE_RIFF_CONTENT = 8;
/** Stands for a size that is not known. A size is 32 bits, so that of a longer file stays unknown. */
const UNKNOWN = 0xff_ff_ff_ff;

/** Tells how much sound has come so far of a wav that is still being streamed. */
export class WavMeter {
  #rate: number | undefined;
  readonly #head = new Uint8Array(HEADER_BYTES);
  #bytes = 0;

  add(bytes: Uint8Array): void {
    if (this.#bytes < HEADER_BYTES)
      this.#head.set(bytes.subarray(0, HEADER_BYTES - this.#bytes), this.#bytes);
    this.#bytes += bytes.length;
    if (this.#bytes >= HEADER_BYTES) this.#rate ??= new DataView(this.#head.buffer).getUint32(RATE_AT, true);
  }

  /** Seconds of sound so far. */
  get seconds(): number {
    if (!this.#rate) return 0;
    return (this.#bytes - HEADER_BYTES) / SAMPLE_BYTES / this.#rate;
  }
}

/**
 * Writes the true sizes into the header of a wav that was streamed.
 *
 * @param wav the whole file; it is changed in place
 * @returns the same bytes
 */
export function withWavSizes(wav: Uint8Array): Uint8Array {
  if (wav.length < HEADER_BYTES) return wav;
  const view = new DataView(wav.buffer, wav.byteOffset);
  view.setUint32(RIFF_SIZE_AT, Math.min(wav.length - BEFORE_RIFF_CONTENT, UNKNOWN), true);
  view.setUint32(DATA_SIZE_AT, Math.min(wav.length - HEADER_BYTES, UNKNOWN), true);
  return wav;
}
