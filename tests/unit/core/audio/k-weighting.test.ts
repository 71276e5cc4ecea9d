import { describe, expect, test } from "bun:test";
import { kWeighting } from "../../../../core/audio/k-weighting.ts";

/** Gain of both filters together, dB. */
function gainDb(rate: number, hertz: number): number {
  const w = (2 * Math.PI * hertz) / rate;
  const magnitude = (c: readonly number[]) =>
    Math.hypot(
      c.reduce((sum, value, i) => sum + value * Math.cos(w * i), 0),
      c.reduce((sum, value, i) => sum + value * Math.sin(w * i), 0),
    );
  return kWeighting(rate).reduce(
    (db, { b, a }) => db + 20 * Math.log10(magnitude(b) / magnitude([1, ...a])),
    0,
  );
}

describe("the K-weighting", () => {
  test("at 48 kHz is that of the standard's tables", () => {
    const [shelf, highPass] = kWeighting(48_000);
    for (const [found, wanted] of [
      [shelf.b, [1.53512485958697, -2.69169618940638, 1.19839281085285]],
      [shelf.a, [-1.69065929318241, 0.73248077421585]],
      [highPass.b, [1, -2, 1]],
      [highPass.a, [-1.99004745483398, 0.99007225036621]],
    ] as const)
      for (const [i, value] of found.entries()) expect(value).toBeCloseTo(wanted[i] ?? NaN, 9);
  });

  test.each([8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 96_000])(
    "at %d Hz has the same gain from 100 Hz up to within 0.05 dB",
    (rate) => {
      for (let hertz = 100; hertz < Math.min(rate, 48_000) / 2; hertz *= 1.05)
        expect(Math.abs(gainDb(rate, hertz) - gainDb(48_000, hertz))).toBeLessThan(0.05);
    },
  );
});
