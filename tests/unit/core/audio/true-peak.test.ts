import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  FAR_WEIGHT,
  NEAR_WEIGHT,
  PEAK_REACH,
  peakAfter,
  peakBound,
} from "../../../../core/audio/true-peak.ts";

describe("the peak between two samples", () => {
  test("of a sine up to 0.8 of half the rate is found to 0.1 dB", () => {
    for (let share = 0.02; share <= 0.8; share += 0.02) {
      const at = (n: number) => Math.sin(Math.PI * share * n + 0.3);
      const samples = Float32Array.from({ length: 200 }, (_, i) => at(i));
      for (let i = 50; i < 150; i++) {
        const wanted = Math.max(...[0.25, 0.5, 0.75].map((part) => Math.abs(at(i + part))));
        expect(Math.abs(peakAfter(samples, i) - wanted)).toBeLessThan(10 ** (0.1 / 20) - 1);
      }
    }
  });

  test("is within the bounds that are given for it, which are no larger than they need to be", () => {
    // The signs that the weights of the point half-way have: every sample adds what it can.
    const signs = Float32Array.from({ length: 2 * PEAK_REACH }, (_, i) =>
      (i < PEAK_REACH ? PEAK_REACH - 1 - i : i - PEAK_REACH) % 2 === 0 ? 1 : -1,
    );
    const peak = peakAfter(signs, PEAK_REACH - 1);
    expect(peak / (NEAR_WEIGHT + FAR_WEIGHT)).toBeWithin(0.99, 1.000_001);
    const near = signs.map((sign, i) => (i === PEAK_REACH - 1 || i === PEAK_REACH ? sign : 0));
    expect(peakAfter(near, PEAK_REACH - 1) / NEAR_WEIGHT).toBeWithin(0.99, 1.000_001);
  });

  test("is never above the quick bound, which is much lower than the general one", () => {
    const sample = fc.double({ min: -1, max: 1, noNaN: true });
    const samples = fc.array(sample, { minLength: 2 * PEAK_REACH, maxLength: 2 * PEAK_REACH });
    fc.assert(
      fc.property(samples, (values) => {
        const window = Float32Array.from(values);
        const loudest = Math.max(...window.map(Math.abs));
        const bound = peakBound(window, PEAK_REACH - 1, loudest);
        expect(bound).toBeGreaterThanOrEqual(peakAfter(window, PEAK_REACH - 1));
        expect(bound).toBeLessThan((NEAR_WEIGHT + FAR_WEIGHT) * loudest + 1e-6);
      }),
      { numRuns: 2000 },
    );
    // All that the outer samples can add, at the worst signs.
    const signs = Float32Array.from({ length: 2 * PEAK_REACH }, (_, i) =>
      (i < PEAK_REACH ? PEAK_REACH - 1 - i : i - PEAK_REACH) % 2 === 0 ? 1 : -1,
    );
    expect(peakBound(signs, PEAK_REACH - 1, 1)).toBeGreaterThanOrEqual(peakAfter(signs, PEAK_REACH - 1));
  });
});
