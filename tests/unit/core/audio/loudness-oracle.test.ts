import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LoudnessMeter } from "../../../../core/audio/loudness-meter.ts";
import { Resampler } from "../../../../core/audio/resample.ts";
import { ebur128Loudness } from "../../../support/ebur128.ts";
import { parseWav } from "../../../support/wav.ts";

/** How much the two may differ, in LU. EBU Tech 3341 allows a meter as much on its test signals. */
const TOLERANCE = 0.1;
/** The rate for which the standard gives its filter, Hz. */
const STANDARD_RATE = 48_000;
/** The rates of voices, Hz. */
const RATES = [8000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000];

function loudness(rate: number, samples: Float32Array): number {
  const meter = new LoudnessMeter(rate);
  meter.push(samples);
  return meter.integrated() ?? -Infinity;
}

/**
 * @returns the loudness of a sound by ebur128, in LUFS. The sound is resampled to 48 kHz for it: at other rates its filter
 *   comes from a bilinear transform, which is off by up to 0.4 dB at 8 kHz
 */
function oracle(rate: number, samples: Float32Array): number {
  if (rate === STANDARD_RATE) return ebur128Loudness(rate, samples);
  const resampler = new Resampler(rate, STANDARD_RATE);
  const chunks = [resampler.push(samples), resampler.flush()];
  return ebur128Loudness(STANDARD_RATE, joined(chunks));
}

function joined(chunks: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Samples of a sound that is given as a function of the time in s. */
function sound(rate: number, seconds: number, at: (time: number) => number): Float32Array {
  return Float32Array.from({ length: Math.round(rate * seconds) }, (_, index) => at(index / rate));
}

/** A sine of 0.1 of full scale. */
const sine = (hertz: number) => (time: number) => 0.1 * Math.sin(2 * Math.PI * hertz * time);

/** Noise that is weaker the higher it is, as in speech; the same for the same seed. */
function noise(length: number, seed: number): Float32Array {
  let state = seed | 1;
  let [first, second] = [0, 0];
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    first += 0.2 * (state / 2 ** 31 - first);
    second += 0.2 * (first - second);
    return second;
  });
}

/** The level, as a factor, of each part of 0.25 s. */
function inParts(rate: number, samples: Float32Array, levels: readonly number[]): Float32Array {
  return samples.map((sample, index) => sample * (levels[Math.floor((4 * index) / rate)] ?? 0));
}

async function speech(voice: string) {
  const file = new URL(`../../../fixtures/piper/boston-${voice}.wav`, import.meta.url);
  return parseWav(await Bun.file(file).bytes());
}

describe.each(RATES)("the loudness at %d Hz agrees with ebur128 to 0.1 LU", (rate) => {
  test.each([60, 200, 1000, 3000])("for a tone of %d Hz", (hertz) => {
    const tone = sine(hertz);
    const reference = ebur128Loudness(STANDARD_RATE, sound(STANDARD_RATE, 5, tone));
    expect(Math.abs(loudness(rate, sound(rate, 5, tone)) - reference)).toBeLessThan(TOLERANCE);
  });

  test("for noise with gaps, and with parts that the gates leave out", () => {
    const levels = [
      1, 1, 0, 0, 0, 1, 0.5, 0.5, 0.1, 0.1, 0.1, 0.1, 0.1, 0, 0, 0, 0, 1, 0.0005, 0.0005, 0.0005, 0.0005,
    ];
    const noisy = inParts(rate, noise(6 * rate, 7), levels);
    expect(Math.abs(loudness(rate, noisy) - oracle(rate, noisy))).toBeLessThan(TOLERANCE);
  });
});

describe("the loudness agrees with ebur128 to 0.1 LU", () => {
  test.each(["slt", "rms"])("for a sentence of the shipped voice %s", async (voice) => {
    const { sampleRate, samples } = await speech(voice);
    expect(Math.abs(loudness(sampleRate, samples) - oracle(sampleRate, samples))).toBeLessThan(TOLERANCE);
  });

  test("for noise of any levels; both call the same sounds silent", () => {
    const level = fc.constantFrom(0, 0.0002, 0.001, 0.01, 0.03, 0.1, 0.3, 1);
    fc.assert(
      fc.property(fc.array(level, { minLength: 2, maxLength: 24 }), fc.integer(), (levels, seed) => {
        const length = (levels.length * STANDARD_RATE) / 4;
        const noisy = inParts(STANDARD_RATE, noise(length, seed), levels);
        const [ours, theirs] = [loudness(STANDARD_RATE, noisy), oracle(STANDARD_RATE, noisy)];
        if (theirs === -Infinity || ours === -Infinity) expect(ours).toBe(theirs);
        else expect(Math.abs(ours - theirs)).toBeLessThan(TOLERANCE);
      }),
      { numRuns: 50 },
    );
  });
});
