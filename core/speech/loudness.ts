/**
 * Gives every voice the same loudness, and keeps peaks below a ceiling.
 *
 * @module
 */
import { Limiter } from "../audio/mod.ts";
import { slices, type Sound } from "./sound.ts";

export interface LoudnessSettings {
  /** Integrated loudness after EBU R 128, mono, in LUFS; `off`: voices stay as they are. */
  target: number | "off";
  /** dBTP. */
  ceiling: number;
}

/** The most that a voice is raised or lowered, in dB: what is further off than this is broken, and raising it, noise. */
const MAX_GAIN_DB = 20;

/**
 * @param loudness of the voice as it is, in LUFS; undefined if it is not known
 * @param target LUFS
 * @returns the gain that makes the one the other, in dB, within 20 dB either way
 */
export function gainTo(target: number, loudness: number | undefined): number {
  if (loudness === undefined) return 0;
  return Math.max(-MAX_GAIN_DB, Math.min(MAX_GAIN_DB, target - loudness));
}

/**
 * Passes samples through at another loudness: as many, and from the same instant on. Each voice has a gain of its own,
 * from its first sample on; the limiter runs on from one to the next.
 *
 * @param rate of all sounds, in Hz
 */
export async function* atLoudness(
  sounds: AsyncGenerator<Sound>,
  { target, ceiling }: LoudnessSettings,
  rate: number,
): AsyncGenerator<Float32Array> {
  if (target === "off") {
    for await (const { samples } of sounds) yield samples;
    return;
  }
  const limiter = new Limiter(rate, 0, ceiling);
  for await (const { samples, voice } of sounds) {
    limiter.gainDb = gainTo(target, voice.loudness);
    for (const slice of slices(samples, rate)) {
      const levelled = limiter.push(slice);
      if (levelled.length > 0) yield levelled;
    }
  }
  yield limiter.flush();
}
