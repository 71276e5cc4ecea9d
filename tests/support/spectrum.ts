/** Measures of sound for tests: level, loudness, pitch and the distance of two spectra. */
import { LoudnessMeter } from "../../core/audio/loudness-meter.ts";
import type { Wav } from "./wav.ts";

const BANDS = 24;
const WINDOW_MS = 25;
const HOP_MS = 10;

/** Reads 16-bit mono WAV with a 44-byte header. */
export async function readWav(path: string): Promise<Float32Array> {
  const bytes = await Bun.file(path).arrayBuffer();
  return Float32Array.from(new Int16Array(bytes.slice(44)), (sample) => sample / 32_767);
}

/** RMS in dB of full scale. */
export function levelDb(samples: Float32Array): number {
  return 10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

/** Integrated loudness in LUFS; NaN for silence. */
export function loudnessOf({ samples, sampleRate }: Pick<Wav, "samples" | "sampleRate">): number {
  const meter = new LoudnessMeter(sampleRate);
  meter.push(samples);
  return meter.integrated() ?? NaN;
}

/** Median of the pitch of the voiced frames, Hz, by autocorrelation between 60 and 400 Hz. */
export function pitchHz(samples: Float32Array, rate: number): number {
  const pitches: number[] = [];
  const length = Math.round(rate * 0.04);
  for (let start = 0; start + 2 * length < samples.length; start += length) {
    const correlate = (lag: number) => {
      let sum = 0;
      for (let i = 0; i < length; i++) sum += samples[start + i]! * samples[start + i + lag]!;
      return sum;
    };
    const energy = correlate(0);
    let best = { lag: 0, value: 0.5 * energy };
    for (let lag = Math.floor(rate / 400); lag < rate / 60; lag++) {
      const value = correlate(lag);
      if (value > best.value) best = { lag, value };
    }
    if (best.lag > 0 && energy / length > 1e-4) pitches.push(rate / best.lag);
  }
  return pitches.sort((a, b) => a - b)[pitches.length >> 1] ?? 0;
}

/** Mean difference in dB of the log-mel spectra of two recordings, along the best alignment in time. */
export function logMelDistance(a: Float32Array, b: Float32Array, rate: number): number {
  const [left, right] = [logMel(a, rate), logMel(b, rate)];
  // Dynamic time warping: cost and length of the best path to each pair of frames.
  let row: { cost: number; steps: number }[] = [];
  left.forEach((frame, i) => {
    const next: typeof row = [];
    right.forEach((other, j) => {
      const own = frame.reduce((sum, value, band) => sum + Math.abs(value - other[band]!), 0) / BANDS;
      const before = [row[j], row[j - 1], next[j - 1]].filter((cell) => cell !== undefined);
      const best = before.reduce((x, y) => (y.cost < x.cost ? y : x), before[0] ?? { cost: 0, steps: 0 });
      next[j] = { cost: (i + j === 0 ? 0 : best.cost) + own, steps: best.steps + 1 };
    });
    row = next;
  });
  const end = row.at(-1)!;
  return end.cost / end.steps;
}

function logMel(samples: Float32Array, rate: number): number[][] {
  const length = Math.round((rate * WINDOW_MS) / 1000);
  const hop = Math.round((rate * HOP_MS) / 1000);
  const toHz = (mel: number) => 700 * (10 ** (mel / 2595) - 1);
  const top = 2595 * Math.log10(1 + rate / 2 / 700);
  const frames: number[][] = [];
  for (let start = 0; start + length <= samples.length; start += hop) {
    const windowed = Float32Array.from(
      { length },
      (_, i) => samples[start + i]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length)),
    );
    // One Goertzel filter at the middle of each band and beside it is enough to tell sounds apart.
    frames.push(
      Array.from({ length: BANDS }, (_, band) => {
        const power = [0.25, 0.5, 0.75].map((part) =>
          goertzel(windowed, toHz((top * (band + part)) / BANDS), rate),
        );
        return 10 * Math.log10(power.reduce((x, y) => x + y) + 1e-4);
      }),
    );
  }
  return frames;
}

function goertzel(samples: Float32Array, hertz: number, rate: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let [previous, before] = [0, 0];
  for (const sample of samples) [previous, before] = [sample + coefficient * previous - before, previous];
  return previous * previous + before * before - coefficient * previous * before;
}
