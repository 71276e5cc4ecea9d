import { describe, expect, test } from "bun:test";
import { budgetOf } from "../../../../core/devices/budget.ts";

const GB = 1e9;

function device(id: string, totalBytes = 10 * GB) {
  return { id, name: "", totalBytes, usedBytes: 0, processes: new Map<number, number>() };
}

describe("the budget of a device", () => {
  test("is 80% of the host's memory and 95% of a GPU's, if the config sets none", () => {
    expect(budgetOf(device("host"), {}).bytes).toBe(8 * GB);
    expect(budgetOf(device("cuda:0"), {})).toEqual({ bytes: 9.5 * GB, atLeast: 0 });
  });

  test("is what the config sets, a share or bytes, and then holds without exception", () => {
    const budgets = { host: "50%", "cuda:0": 3 * GB, "cuda:1": "12.5%" };
    expect(budgetOf(device("host"), budgets)).toEqual({ bytes: 5 * GB, atLeast: 0 });
    expect(budgetOf(device("cuda:0"), budgets).bytes).toBe(3 * GB);
    expect(budgetOf(device("cuda:1"), budgets).bytes).toBe(1.25 * GB);
    expect(budgetOf(device("cuda:2"), budgets).bytes).toBe(9.5 * GB);
  });

  test("of a MIG device is its own, else the share of its GPU", () => {
    const budgets = { "cuda:0": "50%", "cuda:0/mig-1": 1 * GB, "cuda:1": 3 * GB };
    expect(budgetOf(device("cuda:0/mig-0"), budgets).bytes).toBe(5 * GB);
    expect(budgetOf(device("cuda:0/mig-1"), budgets).bytes).toBe(1 * GB);
    expect(budgetOf(device("cuda:1/mig-0"), budgets).bytes).toBe(9.5 * GB);
  });

  test("of a tiny host lets the shipped voices in all the same", () => {
    const { bytes, atLeast } = budgetOf(device("host", 0.5 * GB), {});
    // Two voices, each 250 MB by its model.json, a config source and a sink.
    for (const most of [bytes, atLeast]) expect(most).toBeGreaterThanOrEqual(600e6);
  });
});
