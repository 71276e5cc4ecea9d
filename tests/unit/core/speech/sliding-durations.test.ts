import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { SlidingDurations } from "../../../../core/speech/sliding-durations.ts";

describe("durations of the last minute", () => {
  test("have no percentile where there were none, and none any more a minute later", () => {
    const durations = new SlidingDurations(60_000);
    expect(durations.percentile(0, 0.95)).toBeUndefined();
    durations.add(0, 40);
    expect(durations.percentile(59_999, 0.95)).toBeWithin(39, 41);
    expect(durations.percentile(60_000, 0.95)).toBeUndefined();
  });

  test("have the percentile of a sorted list of them, within 3 %", () => {
    const list = fc.array(fc.double({ min: 1, max: 600_000, noNaN: true }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(list, fc.constantFrom(0.5, 0.95, 1), (all, share) => {
        const durations = new SlidingDurations(60_000);
        for (const ms of all) durations.add(0, ms);
        const exact = [...all].sort((a, b) => a - b)[Math.ceil(share * all.length) - 1]!;
        expect(durations.percentile(0, share)! / exact).toBeWithin(0.97, 1.03);
      }),
    );
  });

  test("that nobody can tell apart count as the shortest, or the longest", () => {
    const durations = new SlidingDurations(60_000);
    durations.add(0, 0);
    expect(durations.percentile(0, 0.95)).toBe(1);
    durations.add(0, 1e12);
    expect(durations.percentile(0, 0.95)).toBeWithin(580_000, 640_000);
  });
});
