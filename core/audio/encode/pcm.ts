import { SyrinxError } from "../../errors.ts";
import type { Encoder } from "./encoder.ts";

/** Encodes to 16-bit samples without a header, little-endian, mono. */
export class PcmEncoder implements Encoder {
  readonly contentType = "audio/pcm";
  #finished = false;

  constructor(readonly sampleRate: number) {}

  encode(samples: Float32Array): Uint8Array<ArrayBuffer> {
    if (this.#finished) throw new SyrinxError("internal", "Cannot encode to a PCM stream that is finished");
    return toS16(samples);
  }

  finish(): Uint8Array<ArrayBuffer> {
    if (this.#finished) throw new SyrinxError("internal", "Cannot finish a PCM stream that is finished");
    this.#finished = true;
    return new Uint8Array(0);
  }
}

/**
 * Rounds samples to 16 bits, little-endian. 1 is 32,768, which is clipped to 32,767: so samples that were made from 16 bits
 * come back the same. NaN becomes 0. There is no dither, because speech is louder than the rounding noise.
 *
 * @returns 2 bytes a sample
 */
export function toS16(samples: Float32Array): Uint8Array<ArrayBuffer> {
  // Typed arrays are little-endian on every platform that Bun runs on.
  const output = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i]! * 32_768;
    if (value >= 32_767) output[i] = 32_767;
    else if (value <= -32_768) output[i] = -32_768;
    else output[i] = (value < 0 ? value - 0.5 : value + 0.5) | 0;
  }
  return new Uint8Array(output.buffer);
}
