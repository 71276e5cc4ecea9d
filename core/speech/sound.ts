/**
 * Samples together with the voice that made them, resampled to one rate.
 *
 * @module
 */

import { Resampler } from "../audio/mod.ts";
import type { VoiceSound } from "./leased-voice.ts";

/** This much sound is processed in much less than a millisecond, in ms. */
const SLICE_MS = 250;

/** Mono samples of one voice. */
export interface Sound {
  readonly samples: Float32Array;
  readonly voice: VoiceSound;
}

/**
 * Passes sounds through at one sample rate. The voice may change in between, and its rate with it.
 *
 * @param rate Hz
 */
export async function* atRate(sounds: AsyncGenerator<Sound>, rate: number): AsyncGenerator<Sound> {
  let voice: VoiceSound | undefined;
  let resampler: Resampler | undefined;
  for await (const sound of sounds) {
    if (sound.voice !== voice) {
      if (voice && resampler) yield { samples: resampler.flush(), voice };
      voice = sound.voice;
      resampler = voice.sampleRate === rate ? undefined : new Resampler(voice.sampleRate, rate);
    }
    if (!resampler) yield sound;
    else for (const slice of slices(sound.samples, rate)) yield { samples: resampler.push(slice), voice };
  }
  if (voice && resampler) yield { samples: resampler.flush(), voice };
}

/** Cuts samples into slices, so that other work can run between two of them. */
export function* slices(samples: Float32Array, rate: number): Generator<Float32Array> {
  const length = Math.ceil((rate * SLICE_MS) / 1000);
  for (let at = 0; at < samples.length; at += length) yield samples.subarray(at, at + length);
}
