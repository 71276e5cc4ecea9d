import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { fewestToEvict, type Idle } from "../../../../core/devices/eviction.ts";

function idle(...sizes: number[]): Idle[] {
  return sizes.map((bytes, index) => ({ key: `v${index}`, frees: [bytes] }));
}

describe("whose memory is freed", () => {
  test("is that of the fewest instances, and of the least recently used among those", () => {
    expect(fewestToEvict([5], idle(3, 3, 6))).toEqual(["v2"]);
    expect(fewestToEvict([3], idle(1, 3, 6))).toEqual(["v1"]);
    expect(fewestToEvict([9], idle(3, 1, 6, 8))).toEqual(["v0", "v2"]);
    expect(fewestToEvict([1], idle(3, 3))).toEqual(["v0"]);
  });

  test("is that of none if all together are not enough", () => {
    expect(fewestToEvict([7], idle(3, 3))).toBeUndefined();
    expect(fewestToEvict([1], [])).toBeUndefined();
  });

  test("is enough on every device, and of no more instances than needed, for all sizes", () => {
    const bytes = fc.integer({ min: 0, max: 9 });
    const some = fc.array(fc.tuple(bytes, bytes), { maxLength: 8 });
    fc.assert(
      fc.property(fc.tuple(fc.integer({ min: 1, max: 20 }), bytes), some, (lacking, sizes) => {
        const all: Idle[] = sizes.map((frees, index) => ({ key: `${index}`, frees }));
        const sets = Array.from({ length: 2 ** all.length }, (_, bits) =>
          all.filter((_, index) => bits & (1 << index)),
        );
        const enough = sets.filter((set) =>
          lacking.every((lack, device) => set.reduce((sum, { frees }) => sum + frees[device]!, 0) >= lack),
        );
        const fewest = Math.min(...enough.map(({ length }) => length));
        const best = enough
          .filter(({ length }) => length === fewest)
          .map((set) => set.map(({ key }) => key))
          .sort((a, b) => a.join().localeCompare(b.join()))[0];
        expect(fewestToEvict(lacking, all)).toEqual(best);
      }),
    );
  });

  test("is found at once among many", () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ key: `${index}`, frees: [1 + (index % 7), 1] }));
    const before = performance.now();
    expect(fewestToEvict([100, 3], many)).toHaveLength(16);
    expect(performance.now() - before).toBeLessThan(200);
  });
});
