import { SyrinxError } from "../../errors.ts";
import type { Encoder } from "./encoder.ts";
import { type LentLame, takeLame } from "./lame.ts";

/** Constant bit rates, kbit/s, by sample rate, Hz. With about 4 bits a sample, speech sounds like its source. */
export const MP3_BIT_RATES = {
  8000: 32,
  11025: 48,
  12000: 48,
  16000: 64,
  22050: 96,
  24000: 96,
  32000: 128,
  44100: 128,
  48000: 128,
} as const;

type Mp3SampleRate = keyof typeof MP3_BIT_RATES;

/** Samples that LAME gets at once. Its buffers grow to the largest number that it ever got. */
const BLOCK = 4096;

/** Encodes to MP3 with LAME, compiled to WebAssembly. The setup for a stream takes 1.4 ms. */
export class Mp3Encoder implements Encoder {
  readonly contentType = "audio/mpeg";
  readonly #block = new Float32Array(BLOCK);
  #lent: LentLame | undefined;

  private constructor(
    readonly sampleRate: Mp3SampleRate,
    lent: LentLame,
  ) {
    lent.lame.configure({
      channels: 1,
      sampleRate,
      outputSampleRate: sampleRate,
      bitrate: MP3_BIT_RATES[sampleRate],
    });
    this.#lent = lent;
  }

  /** @throws SyrinxError `format-unsupported` if MP3 has no such rate */
  static async create(sampleRate: number): Promise<Mp3Encoder> {
    checkMp3SampleRate(sampleRate);
    return new Mp3Encoder(sampleRate, await takeLame());
  }

  encode(samples: Float32Array): Uint8Array<ArrayBuffer> {
    const lame = this.#lent?.lame;
    if (!lame) throw new SyrinxError("internal", "Cannot encode to an MP3 stream that is finished");
    const parts: Uint8Array[] = [];
    for (let offset = 0; offset < samples.length; offset += BLOCK) {
      const length = Math.min(BLOCK, samples.length - offset);
      for (let i = 0; i < length; i++) this.#block[i] = clip(samples[offset + i]!);
      // The next call overwrites what this one returns.
      parts.push(lame.encode([this.#block.subarray(0, length)]).slice());
    }
    return join(parts);
  }

  finish(): Uint8Array<ArrayBuffer> {
    const lent = this.#lent;
    if (!lent) throw new SyrinxError("internal", "Cannot finish an MP3 stream that is finished");
    this.#lent = undefined;
    const rest = join([lent.lame.finalize()]);
    lent.giveBack();
    return rest;
  }
}

/** @throws SyrinxError `format-unsupported` if MP3 has no such rate */
export function checkMp3SampleRate(rate: number): asserts rate is Mp3SampleRate {
  if (Object.hasOwn(MP3_BIT_RATES, rate)) return;
  throw new SyrinxError(
    "format-unsupported",
    `Cannot encode MP3 at ${rate} Hz: one of ${Object.keys(MP3_BIT_RATES).join(", ")} is needed`,
  );
}

/** LAME does not clip by itself, unlike the other formats here. */
function clip(sample: number): number {
  if (sample > 1) return 1;
  if (sample < -1) return -1;
  return Number.isNaN(sample) ? 0 : sample;
}

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
