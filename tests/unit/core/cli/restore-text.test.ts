import { describe, expect, test } from "bun:test";
import {
  restoredLines,
  restoreFailure,
  restorePlanText,
} from "../../../../core/cli/snapshot/restore-text.ts";
import type { SnapshotRestore, SnapshotRestorePlan, SwapPlan } from "../../../../schemas/generated/api.ts";
import { endedRecord, OLD } from "./swap-records.ts";

const NEW = { ...OLD, plugin: "tone@2.0.0" };

test("a restore shows for each slot what fills it now and then, what its plugin gets back, and what that costs", () => {
  const config = { base: 3, slots: [], sources: [], sections: [], changes: [] };
  const plan = { verdict: "swap", memory: { message: "it fits" } } as SwapPlan;
  const inPlace = { ...plan, verdict: "reconfigure" } as SwapPlan;
  const slots: SnapshotRestorePlan["slots"] = [
    { slot: "voices.a", action: "swap", from: NEW, to: OLD, stateBytes: 1200, plan },
    { slot: "voices.b", action: "swap", from: OLD, to: OLD, stateBytes: 0, plan: inPlace },
    { slot: "voices.c", action: "add", from: null, to: OLD, stateBytes: 0, plan, problem: "no room" },
    { slot: "voices.d", action: "add", from: null, to: OLD, stateBytes: 0 },
    { slot: "voices.e", action: "remove", from: OLD, to: null, stateBytes: 0 },
  ];
  expect(restorePlanText({ snapshot: "s1", config, slots }).split("\n")).toEqual([
    "SLOT      WHAT    NOW         THEN        STATE   COST",
    "voices.a  swap    tone@2.0.0  tone@1.0.0  1.2 kB  a load (it fits)",
    "voices.b  swap    tone@1.0.0  tone@1.0.0          its process keeps serving",
    "voices.c  add     nothing     tone@1.0.0          not possible: no room",
    "voices.d  add     nothing     tone@1.0.0          a load",
    "voices.e  remove  tone@1.0.0  nothing             nothing is loaded",
  ]);
});

describe("a restore that is done", () => {
  const done: SnapshotRestore = {
    snapshot: "s1",
    before: "s0",
    config: { version: 4, document: {}, layers: [] },
    swaps: [endedRecord(["planned", "done"])],
    problems: [],
  };

  test("says what was swapped, and how to undo it", () => {
    expect(restoreFailure(done)).toBeUndefined();
    expect(restoredLines(done)).toEqual([
      "snapshot s1 is restored: config version 4, pinned; swapped: voices.tone",
      "to undo it: syrinx snapshot restore s0",
    ]);
    expect(restoredLines({ ...done, swaps: [] })[0]).toEndWith("swapped: no slot");
  });

  test("and not for every slot is a failure that names them", () => {
    const error = { code: "probe-failed", message: "it was silent" };
    const swaps = [endedRecord(["planned", "failed"], { error })];
    const problems = [{ slot: "voices.b", message: "no such model" }];
    expect(restoreFailure({ ...done, swaps, problems })?.message).toBe(
      "The config is restored, and not every slot: voices.tone: it was silent; voices.b: no such model. What served there keeps serving. To undo it: syrinx snapshot restore s0",
    );
  });
});
