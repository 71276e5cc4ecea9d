/** Bytes before the first sample, as the engine writes them. */
const HEADER = 44;
/** 16 bits, mono. */
const SAMPLE = 2;
const RIFF_SIZE_AT = 4;
const DATA_SIZE_AT = 40;
const RATE_AT = 24;

/** Tells how much sound there is in a wav of which more and more comes. */
export class WavMeter {
  #head = new Uint8Array(0);
  #bytes = 0;

  add(bytes: Uint8Array): void {
    if (this.#head.length < HEADER) this.#head = Buffer.concat([this.#head, bytes]).subarray(0, HEADER);
    this.#bytes += bytes.length;
  }

  /** Of sound, so far. */
  get seconds(): number {
    if (this.#bytes <= HEADER) return 0;
    const rate = new DataView(this.#head.buffer, this.#head.byteOffset).getUint32(RATE_AT, true);
    return (this.#bytes - HEADER) / SAMPLE / rate;
  }
}

/** @returns the wav that was streamed, with the sizes in its header that nobody knew when it began. In place */
export function wavSizes(wav: Uint8Array): Uint8Array {
  if (wav.length < HEADER) return wav;
  const view = new DataView(wav.buffer, wav.byteOffset);
  view.setUint32(RIFF_SIZE_AT, wav.length - RIFF_SIZE_AT * 2, true);
  view.setUint32(DATA_SIZE_AT, wav.length - HEADER, true);
  return wav;
}
