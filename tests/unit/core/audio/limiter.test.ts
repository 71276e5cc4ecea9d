import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Limiter } from "../../../../core/audio/limiter.ts";
import { Resampler } from "../../../../core/audio/resample.ts";

const RATE = 16_000;

/** @param cuts where the stream is cut into chunks */
function limit(
  sound: Float32Array,
  gain: number,
  ceiling: number,
  cuts: number[] = [],
  rate = RATE,
): Float32Array {
  const limiter = new Limiter(rate, gain, ceiling);
  const ends = [...cuts.map((cut) => Math.min(cut, sound.length)), sound.length].sort((a, b) => a - b);
  const parts = ends.map((end, i) => limiter.push(sound.subarray(ends[i - 1] ?? 0, end)));
  return Float32Array.from([...parts, limiter.flush()].flatMap((part) => [...part]));
}

/** Noise without what is above 0.8 of half the rate, in bursts. The same for the same seed. */
function noise(length: number, seed: number, peak: number): Float32Array {
  let state = seed | 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  };
  const waves = Array.from({ length: 24 }, () => ({
    w: 0.8 * Math.PI * Math.abs(random()),
    at: 9 * random(),
  }));
  const beat = 0.0002 + 0.002 * Math.abs(random());
  const sound = Float32Array.from({ length }, (_, i) => {
    const wave = waves.reduce((sum, { w, at }) => sum + Math.sin(w * i + at), 0);
    return wave * (0.1 + Math.max(0, Math.sin(beat * i + seed)));
  });
  const loudest = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  return sound.map((sample) => (sample * peak) / loudest);
}

/** The largest magnitude at four times the rate, in dB of full scale, by the resampler's longer filter. */
function truePeakDb(sound: Float32Array, rate = RATE): number {
  const resampler = new Resampler(rate, 4 * rate);
  const four = [resampler.push(sound), resampler.flush()];
  const peak = Math.max(...four.map((part) => part.reduce((most, one) => Math.max(most, Math.abs(one)), 0)));
  return 20 * Math.log10(peak);
}

const decibels = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe("the limiter", () => {
  test("lets no peak above the ceiling, between the samples neither, however loud it gets", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(8000, 16_000, 22_050, 24_000),
        fc.integer({ min: 200, max: 6000 }),
        fc.integer(),
        decibels(-6, 20),
        decibels(-12, 0),
        (rate, length, seed, gain, ceiling) => {
          const output = limit(noise(length, seed, 1), gain, ceiling, [], rate);
          expect(truePeakDb(output, rate)).toBeLessThan(ceiling + 0.1);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("sees a peak that is only between the samples", () => {
    // A quarter of the rate, sampled where it is at 0.707: the sound is 3 dB above its samples.
    const sound = Float32Array.from(
      { length: 4000 },
      (_, i) => 0.7 * Math.SQRT2 * Math.sin((Math.PI / 2) * (i + 0.5)),
    );
    expect(sound.every((sample) => Math.abs(sample) < 0.71)).toBe(true);
    expect(truePeakDb(limit(sound, 0, -1).subarray(1000, 3000))).toBeLessThan(-0.9);
  });

  test("changes nothing, to the bit, of what is below the ceiling", () => {
    fc.assert(
      fc.property(fc.nat(9000), fc.integer(), (length, seed) => {
        // Between samples of alternate sign a peak may be more than twice as high.
        const sound = noise(length, seed, 0.3);
        expect(limit(sound, 0, -1)).toEqual(sound);
      }),
      {
        numRuns: 50,
        examples: [
          [6, 916061868],
          [5, -744607495],
        ],
      },
    );
  });

  test.each([8000, 16_000])("lowers a peak exactly to the ceiling, at %d Hz", (rate) => {
    const sound = Float32Array.from({ length: rate / 10 }, (_, i) => 0.01 * Math.sin(i / 7));
    const at = rate / 20;
    sound[at] = 100;
    const ceiling = 10 ** (-1 / 20);
    // Samples are rounded to 24 bits.
    expect(limit(sound, 0, -1, [], rate)[at]! / ceiling).toBeCloseTo(1, 6);
  });

  test("only multiplies by the gain what then is below the ceiling", () => {
    const sound = noise(5000, 5, 0.1);
    expect(limit(sound, 6, -1)).toEqual(sound.map((sample) => sample * 10 ** (6 / 20)));
  });

  test("leaves what is far from a peak alone, and is all the way back within a second", () => {
    const sound = Float32Array.from({ length: 3 * RATE }, (_, i) => 0.2 * Math.sin(i / 7));
    for (let i = RATE; i < RATE + 40; i++) sound[i]! *= 20;
    const output = limit(sound, 0, -1);
    expect(output.subarray(0, RATE - 100)).toEqual(sound.subarray(0, RATE - 100));
    expect(output.subarray(2 * RATE)).toEqual(sound.subarray(2 * RATE));
    expect(output[RATE + 20]).not.toBe(sound[RATE + 20]);
  });

  test("never makes anything louder, and moves its gain smoothly", () => {
    const sound = noise(8000, 11, 1);
    const output = limit(sound, 12, -3);
    const gains = [...output].flatMap((sample, i) =>
      Math.abs(sound[i]!) > 0.01 ? [{ i, gain: sample / sound[i]! }] : [],
    );
    for (const { gain } of gains) expect(gain).toBeLessThanOrEqual(10 ** (12 / 20) + 1e-6);
    gains.forEach(({ i, gain }, at) => {
      const last = gains[at - 1];
      if (last) expect(Math.abs(gain - last.gain)).toBeLessThan((0.06 * (i - last.i)) as number);
    });
  });

  test("gives as many samples as it got", () => {
    for (const length of [0, 1, 11, 12, 13, 79, 80, 93, 4095, 4096, 4097, 9000])
      expect(limit(noise(length, 3, 1), 6, -1).length).toBe(length);
  });

  test("makes the same of a stream, to the bit, however it is cut", () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.integer(),
        decibels(-3, 15),
        fc.array(fc.nat(10_000), { maxLength: 12 }),
        (length, seed, gain, cuts) => {
          const sound = noise(length, seed, 1);
          expect(limit(sound, gain, -1, cuts)).toEqual(limit(sound, gain, -1));
        },
      ),
      { numRuns: 80 },
    );
  });

  test("is over a sample that is no number within a second", () => {
    for (const bad of [NaN, Infinity]) {
      const sound = noise(3 * RATE, 7, 0.5);
      sound[RATE] = bad;
      expect(limit(sound, 0, -1).subarray(2 * RATE)).toEqual(sound.subarray(2 * RATE));
    }
  });

  test("holds peaks down on either side of a change of gain, and comes back from them without a jump", () => {
    const sound = Float32Array.from({ length: RATE }, (_, i) => 0.4 * Math.sin(i / 6));
    const limiter = new Limiter(RATE, 0, -6);
    const parts = [12, 0, -3].flatMap((gain) => {
      limiter.gainDb = gain;
      return [...limiter.push(sound)];
    });
    const output = Float32Array.from([...parts, ...limiter.flush()]);
    expect(output.length).toBe(3 * RATE);
    expect(truePeakDb(output)).toBeLessThan(-6 + 0.1);
    // The gain beyond the one that was set never moves faster than the limiter's own slope.
    const own = [...output].map((sample, i) => {
      const before = sound[i % RATE]! * 10 ** ([12, 0, -3][Math.floor(i / RATE)]! / 20);
      return Math.abs(before) > 0.01 ? sample / before : undefined;
    });
    let last: { gain: number; at: number } | undefined;
    for (const [at, gain] of own.entries()) {
      if (gain === undefined) continue;
      if (last) expect(Math.abs(gain - last.gain)).toBeLessThan(0.06 * (at - last.at));
      last = { gain, at };
    }
  });
});
