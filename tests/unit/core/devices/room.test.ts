import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { budgetOf, foreignUse, roomOn } from "../../../../core/devices/room.ts";

const GB = 1e9;
const DEVICE = {
  id: "cuda:0",
  totalBytes: 10 * GB,
  foreignBytes: 1 * GB,
  budget: { bytes: 8 * GB, atLeast: 0 },
};
const spoken = (bytes: number) => ({ charge: () => bytes });

function device(id: string, totalBytes = 10 * GB) {
  return { id, name: "", totalBytes, usedBytes: 0, processes: new Map<number, number>() };
}

describe("the budget of a device", () => {
  test("is 80% of the host's memory and 95% of a GPU's, if the config sets none", () => {
    expect(budgetOf(device("host"), {}).bytes).toBe(8 * GB);
    expect(budgetOf(device("cuda:0"), {})).toEqual({ bytes: 9.5 * GB, atLeast: 0 });
  });

  test("is what the config sets, a share or bytes, and then has no exception", () => {
    const budgets = { host: "50%", "cuda:0": 3 * GB, "cuda:1": "12.5%" };
    expect(budgetOf(device("host"), budgets)).toEqual({ bytes: 5 * GB, atLeast: 0 });
    expect(budgetOf(device("cuda:0"), budgets).bytes).toBe(3 * GB);
    expect(budgetOf(device("cuda:1"), budgets).bytes).toBe(1.25 * GB);
    expect(budgetOf(device("cuda:2"), budgets).bytes).toBe(9.5 * GB);
  });

  test("of a MIG device is its own, or else the share of its GPU", () => {
    const budgets = { "cuda:0": "50%", "cuda:0/mig-1": 1 * GB, "cuda:1": 3 * GB };
    expect(budgetOf(device("cuda:0/mig-0"), budgets).bytes).toBe(5 * GB);
    expect(budgetOf(device("cuda:0/mig-1"), budgets).bytes).toBe(1 * GB);
    expect(budgetOf(device("cuda:1/mig-0"), budgets).bytes).toBe(9.5 * GB);
  });

  test("of a tiny host still admits the shipped voices", () => {
    const { bytes, atLeast } = budgetOf(device("host", 0.5 * GB), {});
    // Two voices, each 250 MB by its model.json, a config source and a sink.
    for (const most of [bytes, atLeast]) expect(most).toBeGreaterThanOrEqual(600e6);
  });
});

describe("the room on a device", () => {
  test("is what the budget leaves or what other programs leave, whichever is less", () => {
    expect(roomOn(DEVICE, spoken(3 * GB))).toBe(5 * GB);
    expect(roomOn({ ...DEVICE, foreignBytes: 4 * GB }, spoken(3 * GB))).toBe(3 * GB);
  });

  test("is never less than what is always admitted", () => {
    const full = { ...DEVICE, foreignBytes: 10 * GB, budget: { bytes: 8 * GB, atLeast: 2 * GB } };
    expect(roomOn(full, spoken(0.5 * GB))).toBe(1.5 * GB);
    expect(roomOn(full, spoken(3 * GB))).toBe(-1 * GB);
  });
});

describe("what other programs use", () => {
  const use = { usedBytes: 0, measuredBytes: 0, estimatedBytes: 0, before: 0 };

  test("is the use that is not ours, and never below 0", () => {
    expect(foreignUse({ ...use, usedBytes: 7, measuredBytes: 4 })).toBe(3);
    expect(foreignUse({ ...use, usedBytes: 3, measuredBytes: 4 })).toBe(0);
  });

  test("does not grow while one of our instances loads, up to the estimate", () => {
    const loading = { ...use, estimatedBytes: 6, before: 2 };
    expect([2, 5, 8].map((usedBytes) => foreignUse({ ...loading, usedBytes }))).toEqual([2, 2, 2]);
    expect(foreignUse({ ...loading, usedBytes: 9 })).toBe(3);
    expect(foreignUse({ ...loading, usedBytes: 1 })).toBe(1);
  });

  test("and what may be ours together are all use, for all numbers", () => {
    const bytes = fc.nat(100);
    fc.assert(
      fc.property(bytes, bytes, bytes, bytes, (usedBytes, measuredBytes, estimatedBytes, before) => {
        const foreign = foreignUse({ usedBytes, measuredBytes, estimatedBytes, before });
        expect(foreign).toBeGreaterThanOrEqual(Math.max(0, usedBytes - measuredBytes - estimatedBytes));
        expect(foreign).toBeLessThanOrEqual(Math.max(0, usedBytes - measuredBytes));
      }),
    );
  });
});
