import { describe, expect, test } from "bun:test";
import {
  restoredLines,
  restoreFailure,
  restorePlanText,
} from "../../../../core/cli/snapshot/restore-text.ts";
import type { SlotView, SnapshotRestore, SnapshotView } from "../../../../schemas/generated/api.ts";
import { endedRecord, OLD } from "./swap-records.ts";

const NEW = { ...OLD, plugin: "tone@2.0.0" };

test("a restore shows for each slot what fills it now and then, and how much its plugin gets back", () => {
  const snapshot: SnapshotView = {
    id: "s1",
    at: "2026-01-01T00:00:00Z",
    reason: "request",
    actor: "loopback",
    version: 3,
    slots: [
      { slot: "voices.a", binding: OLD, stateBytes: 1200 },
      { slot: "voices.b", binding: null, stateBytes: 0 },
    ],
  };
  const present = [
    { slot: "voices.a", running: NEW },
    { slot: "voices.b", running: OLD },
    { slot: "voices.c", running: OLD },
  ] as SlotView[];
  expect(restorePlanText(snapshot, present).split("\n")).toEqual([
    "SLOT      NOW         THEN        STATE",
    expect.stringMatching(/^voices\.a {2}tone@2\.0\.0 +\S+ +1200 bytes$/),
    expect.stringMatching(/^voices\.b {2}\S+ +nothing$/),
    expect.stringMatching(/^voices\.c {2}\S+ +nothing$/),
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
      "The config is restored, and not every slot: voices.tone: it was silent; voices.b: no such model. What served there serves on. To undo it: syrinx snapshot restore s0",
    );
  });
});
