/**
 * Gives every voice the same loudness, and keeps peaks below a ceiling.
 *
 * @module
 */
import { Limiter } from "./limiter.ts";

export interface LoudnessSettings {
  /** Integrated loudness after EBU R 128, mono, in LUFS; `off`: voices stay as they are. */
  target: number | "off";
  /** dBTP. */
  ceiling: number;
}

/** The most that a voice is raised or lowered, in dB: what is further off than this is broken, and raising it, noise. */
const MOST_GAIN_DB = 20;
/** Sound that is worked on in much less than a millisecond, in ms. */
const SLICE_MS = 250;

/**
 * @param loudness of the voice as it is, in LUFS; undefined if it is not known
 * @param target LUFS
 * @returns the gain that makes the one the other, in dB, within 20 dB either way
 */
export function gainTo(target: number, loudness: number | undefined): number {
  if (loudness === undefined) return 0;
  return Math.max(-MOST_GAIN_DB, Math.min(MOST_GAIN_DB, target - loudness));
}

/**
 * Passes samples through at another loudness: as many, and from the same instant on.
 *
 * @param loudness of the voice that speaks them, in LUFS; undefined if it is not known
 * @param rate Hz
 */
export function atLoudness(
  samples: AsyncGenerator<Float32Array>,
  { target, ceiling }: LoudnessSettings,
  loudness: number | undefined,
  rate: number,
): AsyncGenerator<Float32Array> {
  if (target === "off") return samples;
  return limited(samples, new Limiter(rate, gainTo(target, loudness), ceiling), rate);
}

async function* limited(
  samples: AsyncGenerator<Float32Array>,
  limiter: Limiter,
  rate: number,
): AsyncGenerator<Float32Array> {
  const slice = Math.ceil((rate * SLICE_MS) / 1000);
  for await (const chunk of samples) {
    for (let at = 0; at < chunk.length; at += slice) {
      const levelled = limiter.push(chunk.subarray(at, at + slice));
      if (levelled.length > 0) yield levelled;
    }
  }
  yield limiter.flush();
}
