import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { SlidingCounts } from "../../../../core/speech/sliding-counts.ts";

describe("counts of the last while", () => {
  test("know what has happened, by its kind, until it is too long ago", () => {
    const counts = new SlidingCounts({ windowMs: 1000, slices: 10, kinds: 2 });
    counts.add(50);
    counts.add(450, 1);
    counts.add(460, 1);
    expect([counts.total(999), ...counts.byKind(999)]).toEqual([3, 1, 2]);
    expect([counts.total(1000), ...counts.byKind(1000)]).toEqual([2, 0, 2]);
    expect(counts.total(1399)).toBe(2);
    expect([counts.total(1400), ...counts.byKind(1400)]).toEqual([0, 0, 0]);
  });

  test("forget all when nobody has asked for long, and count on", () => {
    const counts = new SlidingCounts({ windowMs: 1000, slices: 10 });
    for (let at = 0; at < 1000; at += 20) counts.add(at);
    expect(counts.total(1e9)).toBe(0);
    counts.add(1e9);
    expect(counts.total(1e9 + 999)).toBe(1);
  });

  test("are those of a list of all that ever happened, from which the slices that are over were crossed out", () => {
    const steps = fc.array(fc.record({ after: fc.nat(1500), kind: fc.nat(2) }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.nat(2000), (happened, silence) => {
        const counts = new SlidingCounts({ windowMs: 1000, slices: 4, kinds: 3 });
        const list: { slice: number; kind: number }[] = [];
        let now = 7e6;
        for (const { after, kind } of happened) {
          now += after;
          counts.add(now, kind);
          list.push({ slice: Math.floor(now / 250), kind });
        }
        now += silence;
        const left = list.filter(({ slice }) => slice > Math.floor(now / 250) - 4);
        expect(counts.total(now)).toBe(left.length);
        expect([...counts.byKind(now)]).toEqual(
          [0, 1, 2].map((kind) => left.filter((one) => one.kind === kind).length),
        );
      }),
    );
  });
});
