/**
 * Brings every voice to the same loudness, and keeps peaks below a ceiling.
 *
 * @module
 */
import { Limiter } from "../audio/mod.ts";
import { type Sound, slices } from "./sound.ts";

export interface LoudnessSettings {
  /** Integrated loudness after EBU R 128, mono, in LUFS; `off`: no voice is changed. */
  target: number | "off";
  /** dBTP. */
  ceiling: number;
}

/** The largest change of loudness, in dB. A voice that is further off is broken, and a larger gain would only raise noise. */
const MAX_GAIN_DB = 20;

/**
 * @param target LUFS
 * @param loudness of the voice without a gain, in LUFS; undefined if it is not known
 * @returns the gain that brings the voice to the target, from -20 to 20 dB; 0 if its loudness is not known
 */
export function gainTo(target: number, loudness: number | undefined): number {
  if (loudness === undefined) return 0;
  return Math.max(-MAX_GAIN_DB, Math.min(MAX_GAIN_DB, target - loudness));
}

/**
 * Passes samples through at the target loudness. Neither their number nor their time changes. Each voice has its own gain,
 * from its first sample on. One limiter is used for all of them.
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
