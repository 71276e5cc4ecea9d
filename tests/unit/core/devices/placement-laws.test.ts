import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Ledger } from "../../../../core/devices/ledger.ts";
import type { MemoryRequest } from "../../../../core/devices/memory-request.ts";
import { estimate } from "../../../../core/devices/memory-request.ts";
import { place } from "../../../../core/devices/placement.ts";
import { type DeviceState, roomOn } from "../../../../core/devices/room.ts";

const GB = 1e9;
const size = fc.integer({ min: 0, max: 12 }).map((bytes) => bytes * GB);

const device = (id: string): fc.Arbitrary<DeviceState> =>
  fc
    .record({ totalBytes: size, foreignBytes: size, budget: size })
    .map(({ budget, ...rest }) => ({ id, ...rest, budget: { bytes: budget, atLeast: 0 } }));

const holder = fc.record({ device: fc.constantFrom("host", "cuda:0", "cuda:1"), bytes: size });

const cases = fc
  .record({
    devices: fc.tuple(device("host"), device("cuda:0"), device("cuda:1")),
    holders: fc.array(holder, { maxLength: 5 }),
    wanted: fc.constantFrom("auto", "cpu", "cuda", "cuda:0", "cuda:1"),
    mayUseGpu: fc.boolean(),
    declaredBytes: size,
    beside: fc.boolean(),
    owned: fc.nat(2),
    idle: fc.uniqueArray(fc.nat(4)),
  })
  .map(({ devices, holders, wanted, owned, idle, ...rest }) => {
    const ledger = new Ledger();
    const keys = holders.map((_, index) => `voices.v${index}#1`);
    for (const [index, { device: id, bytes }] of holders.entries()) {
      const of = { key: keys[index]!, slot: `voices.v${index}`, plugin: "p@1.0.0", device: id, replaces: [] };
      ledger.reserve(of, [{ device: id, bytes }]);
    }
    const request: MemoryRequest = {
      key: "voices.v0#2",
      slot: "voices.v0",
      plugin: "p@1.0.0",
      device: wanted,
      weightsBytes: 1 * GB,
      givesBack: keys.slice(0, owned),
      evictable: idle.flatMap((index) => (keys[index] ? { key: keys[index], lastUsedAt: index } : [])),
      ...rest,
    };
    return { request, devices, ledger, measured: () => undefined };
  });

describe("every placement", () => {
  const fits = (
    { ledger, devices }: { ledger: Ledger; devices: readonly DeviceState[] },
    needs: readonly { device: string; bytes: number }[],
    gone: readonly string[],
  ) =>
    needs.every(({ device: id, bytes }) => {
      const state = devices.find((one) => one.id === id)!;
      return bytes <= roomOn(state, ledger, new Set(gone));
    });

  test("is right: it fits after the instances that it names have ended, and not before", () => {
    fc.assert(
      fc.property(cases, ({ request, ...situation }) => {
        const verdict = place(request, situation);
        if (verdict.verdict === "refused") return;
        const own = verdict.verdict === "fits-after-unload" ? request.givesBack : [];
        expect(fits(situation, verdict.needs, [...own, ...verdict.evict])).toBe(true);
        for (const spared of verdict.evict) {
          const others = verdict.evict.filter((key) => key !== spared);
          expect(fits(situation, verdict.needs, [...own, ...others])).toBe(false);
        }
        if (own.length > 0) expect(fits(situation, verdict.needs, [])).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test("refuses no swap that fits after the old instance has ended, unless it must fit beside it", () => {
    fc.assert(
      fc.property(cases, ({ request, ...situation }) => {
        const verdict = place({ ...request, beside: false }, situation);
        if (verdict.verdict !== "refused") return;
        const { device: wanted, mayUseGpu } = request;
        const onHost = wanted === "cpu" || wanted === "auto";
        const onGpus = ["cuda:0", "cuda:1"].filter(
          (id) => wanted === id || wanted === "cuda" || (wanted === "auto" && mayUseGpu),
        );
        for (const id of [...(onHost ? ["host"] : []), ...onGpus])
          expect(fits(situation, estimate(id, request), request.givesBack)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test("evicts only evictable instances, and none if the request fits without", () => {
    fc.assert(
      fc.property(cases, ({ request, ...situation }) => {
        const verdict = place(request, situation);
        const allowed = request.evictable.map(({ key }) => key);
        for (const key of verdict.evict) {
          expect(allowed).toContain(key);
          expect(request.givesBack).not.toContain(key);
        }
        const without = place({ ...request, evictable: [] }, situation);
        if (without.verdict !== "refused") expect(verdict).toEqual(without);
      }),
      { numRuns: 500 },
    );
  });

  test("needs the end of the old instance only if there is one, and never if it must fit beside it", () => {
    fc.assert(
      fc.property(cases, ({ request, ...situation }) => {
        const { verdict } = place(request, situation);
        if (verdict === "fits-after-unload")
          expect([request.beside, request.givesBack.length > 0]).toEqual([false, true]);
      }),
      { numRuns: 500 },
    );
  });

  test("changes none of its inputs", () => {
    fc.assert(
      fc.property(cases, ({ request, ...situation }) => {
        const before = structuredClone(situation.ledger.all());
        expect(place(request, situation)).toEqual(place(request, situation));
        expect(situation.ledger.all()).toEqual(before);
      }),
    );
  });
});
