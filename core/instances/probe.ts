/**
 * Checks that a new voice really speaks, and measures how loudly. A voice is ready when it made good audio for a sentence;
 * a model that was loaded is not enough.
 *
 * Speech makes the loudness a gain. It is measured again for each generation: a voice without noise has the same gain
 * after a reload, and one with noise is within a few tenths of a LU of it.
 *
 * @module
 */
import type { LoadResult, SpeakParams } from "../../schemas/generated/hooks.ts";
import { LoudnessMeter } from "../audio/mod.ts";
import { SyrinxError } from "../errors.ts";

/** The text for models that name no probe sentence. Digits are read in every language. */
const DEFAULT_PROBE = "1, 2, 3, 4.";
/** The longest and the shortest time for a letter, in s. People take about 0.06. */
const MAX_LETTER_S = 1.5;
const SHORTEST_LETTER_S = 0.005;
/** RMS below this is silence: -60 dBFS. */
const SILENCE_RMS = 0.001;
/** Share of samples at full scale beyond which audio counts as clipped. */
const MAX_CLIPPED = 0.02;
/** The probe stops after this much audio, in s, or when there is too much for the sentence. */
const MAX_AUDIO_S = 120;
/** So much is measured without a pause, in s: a few milliseconds of work. Then others have their turn. */
const SLICE_S = 1;
/** Some models have hundreds of speakers. Only this many are probed; the first stands for the rest. */
const MAX_SPEAKERS = 8;

/** A voice that has loaded. */
export interface LoadedVoice {
  /** The model may name a probe sentence. */
  readonly binding: { readonly model: { readonly manifest: { readonly probe?: string } } | undefined };
  /** What it answered to load. */
  readonly loaded: Pick<LoadResult, "sampleRate" | "speakers"> | undefined;
  speak(params: SpeakParams): AsyncIterable<Float32Array>;
}

/**
 * Has a voice speak its probe sentence, by each of its speakers up to {@linkcode MAX_SPEAKERS}.
 *
 * @returns the loudness of each, in LUFS, rounded to 0.1 LU, by speaker id; a speaker whose loudness cannot be measured is
 *   absent
 * @throws SyrinxError probe-failed, which says what is wrong with the audio
 */
export async function probeVoice(voice: LoadedVoice): Promise<ReadonlyMap<string, number>> {
  const loudness = new Map<string, number>();
  for (const [index, { id }] of (voice.loaded?.speakers ?? []).slice(0, MAX_SPEAKERS).entries()) {
    const heard = await probeSpeaker(voice, index === 0 ? undefined : id);
    if (heard !== undefined) loudness.set(id, heard);
  }
  return loudness;
}

async function probeSpeaker(voice: LoadedVoice, speaker: string | undefined): Promise<number | undefined> {
  const text = voice.binding.model?.manifest.probe ?? DEFAULT_PROBE;
  const sampleRate = voice.loaded?.sampleRate ?? 0;
  const meter = new LoudnessMeter(sampleRate);
  const chunks: Float32Array[] = [];
  let samples = 0;
  const most = Math.min(MAX_AUDIO_S, longestSeconds(text)) * sampleRate;
  for await (const chunk of voice.speak({ text, speed: 1, ...(speaker !== undefined && { speaker }) })) {
    chunks.push(chunk);
    samples += chunk.length;
    if (samples > most) break;
    await measure(chunk, meter, SLICE_S * sampleRate);
  }
  const fault = findFault(chunks, sampleRate, text);
  if (fault) {
    const whose = speaker === undefined ? "this voice" : `this voice's speaker ${speaker}`;
    throw new SyrinxError(
      "probe-failed",
      `Cannot use ${whose}: for the probe sentence "${text}" it gave ${fault}`,
    );
  }
  const heard = meter.integrated();
  // Loudness is usually given to 0.1. A GPU that adds in another order must not change the volume.
  return heard === undefined ? undefined : Math.round(heard * 10) / 10;
}

/** Measures audio slice by slice: one frame of a plugin may hold minutes of it. */
async function measure(chunk: Float32Array, meter: LoudnessMeter, slice: number): Promise<void> {
  for (let at = 0; at < chunk.length; at += slice) {
    if (at > 0) await new Promise((done) => setImmediate(done));
    meter.push(chunk.subarray(at, at + slice));
  }
}

/** @returns how long a voice may speak a text, in s */
function longestSeconds(text: string): number {
  return Math.max(1, [...text].length) * MAX_LETTER_S + 1;
}

/**
 * Judges the audio that a voice made for a text. Pure.
 *
 * @param chunks mono samples
 * @param sampleRate Hz
 * @returns what is wrong with the audio; undefined if nothing is
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
  if (!Number.isFinite(energy)) return "samples that are not numbers (NaN or infinite)";
  const seconds = samples / sampleRate;
  const letters = Math.max(1, [...text].length);
  if (seconds > longestSeconds(text)) return `${seconds.toFixed(1)} s of audio, which is absurdly long`;
  if (seconds < letters * SHORTEST_LETTER_S)
    return `${(seconds * 1000).toFixed(0)} ms of audio, which is absurdly short`;
  if (Math.sqrt(energy / samples) < SILENCE_RMS) return "silence";
  if (clipped / samples > MAX_CLIPPED)
    return `clipped audio (${((100 * clipped) / samples).toFixed(0)} % at full scale)`;
  return undefined;
}
