import type { Wav } from "./wav.ts";

/** Frequency of a pure tone, in Hz: half the rate at which it crosses zero. */
export function toneHz({ samples, sampleRate }: Pick<Wav, "samples" | "sampleRate">): number {
  const crossings: number[] = [];
  for (let i = 1; i < samples.length; i++) if (samples[i - 1]! < 0 !== samples[i]! < 0) crossings.push(i);
  const [first = 0] = crossings;
  return ((crossings.length - 1) * sampleRate) / (2 * ((crossings.at(-1) ?? 0) - first));
}
