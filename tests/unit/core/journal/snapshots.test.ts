import { describe, expect, test } from "bun:test";
import { openJournal } from "../../../../core/journal/mod.ts";
import { validator } from "../../../../core/schema.ts";
import type { SnapshotRecord } from "../../../../schemas/generated/api.ts";

const isRecord = validator<SnapshotRecord>("syrinx:api#/$defs/SnapshotRecord");

function snapshot(id: string, reason: SnapshotRecord["reason"] = "request"): SnapshotRecord {
  return {
    id,
    at: "2026-01-01T00:00:00.000Z",
    reason,
    actor: "ann",
    version: 3,
    document: { log: { level: "warn" } },
    slots: [
      { slot: "voices.a", binding: { plugin: "a@1.0.0", settings: {}, device: "cpu" }, state: [1, null] },
      { slot: "voices.b", binding: null },
    ],
  };
}

describe("the journal of snapshots", () => {
  test("returns what was written, newest first", () => {
    const { snapshots } = openJournal(":memory:");
    for (const id of ["1", "2", "3"]) snapshots.write(snapshot(id));
    expect(snapshots.all().map(({ id }) => id)).toEqual(["3", "2", "1"]);
    expect(snapshots.get("2")).toEqual(snapshot("2"));
    expect(isRecord(snapshots.get("2"))).toBe(true);
    expect(snapshots.get("4")).toBeUndefined();
  });

  test("deletes the oldest, but no requested snapshot because of automatic ones", () => {
    const { snapshots } = openJournal(":memory:");
    snapshots.keep = 2;
    snapshots.write(snapshot("1"));
    for (const id of ["2", "3", "4"]) snapshots.write(snapshot(id, "rollback"));
    snapshots.write(snapshot("5", "restore"));
    expect(snapshots.all().map(({ id }) => id)).toEqual(["5", "4", "1"]);
  });
});
