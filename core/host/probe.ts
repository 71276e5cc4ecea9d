/**
 * Whether a new voice really speaks: READY means audio that was heard, not a model that was loaded.
 *
 * @module
 */
import { SyrinxError } from "../errors.ts";
import type { Instance } from "./instance.ts";

/** Spoken when a model names no probe sentence. Figures are read in every language. */
const DEFAULT_PROBE = "1, 2, 3, 4.";
/** The slowest and the fastest that a letter is spoken, in s. People take about 0.06. */
const LONGEST_LETTER_S = 1.5;
const SHORTEST_LETTER_S = 0.005;
/** RMS below this is silence: -60 dBFS. */
const SILENCE_RMS = 0.001;
/** Share of samples at full scale beyond which audio counts as clipped. */
const MOST_CLIPPED = 0.02;
/** More audio than this is not listened to, in s. */
const MOST_AUDIO_S = 120;

/**
 * Lets a voice speak its probe sentence.
 *
 * @throws SyrinxError probe-failed, which says what was heard
 */
export async function probeVoice(instance: Instance): Promise<void> {
  const text = instance.binding.model?.manifest.probe ?? DEFAULT_PROBE;
  const sampleRate = instance.loaded?.sampleRate ?? 0;
  const chunks: Float32Array[] = [];
  let samples = 0;
  for await (const chunk of instance.speak({ text, speed: 1 })) {
    chunks.push(chunk);
    samples += chunk.length;
    if (samples > MOST_AUDIO_S * sampleRate) break;
  }
  const fault = findFault(chunks, sampleRate, text);
  if (fault)
    throw new SyrinxError(
      "probe-failed",
      `Cannot use this voice: for the probe sentence "${text}" it gave ${fault}`,
    );
}

/**
 * Pure.
 *
 * @param chunks mono samples
 * @param sampleRate Hz
 * @returns what is wrong with the audio for such a text; undefined if nothing is
 */
export function findFault(
  chunks: readonly Float32Array[],
  sampleRate: number,
  text: string,
): string | undefined {
  let samples = 0;
  let energy = 0;
  let clipped = 0;
  for (const chunk of chunks) {
    samples += chunk.length;
    for (const sample of chunk) {
      energy += sample * sample;
      if (Math.abs(sample) >= 0.9999) clipped++;
    }
  }
  if (samples === 0) return "no audio";
  if (!Number.isFinite(energy)) return "samples that are no numbers (NaN or infinite)";
  const seconds = samples / sampleRate;
  const letters = Math.max(1, [...text].length);
  if (seconds > letters * LONGEST_LETTER_S + 1)
    return `${seconds.toFixed(1)} s of audio, which is absurdly long`;
  if (seconds < letters * SHORTEST_LETTER_S)
    return `${(seconds * 1000).toFixed(0)} ms of audio, which is absurdly short`;
  if (Math.sqrt(energy / samples) < SILENCE_RMS) return "silence";
  if (clipped / samples > MOST_CLIPPED)
    return `clipped audio (${((100 * clipped) / samples).toFixed(0)} % at full scale)`;
  return undefined;
}
