import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { MIGRATIONS, openDatabase } from "../../../../core/journal/database.ts";
import { openJournal } from "../../../../core/journal/mod.ts";
import { validator } from "../../../../core/schema.ts";
import type { SwapRecord } from "../../../../schemas/generated/swap.ts";
import { temporaryFolder } from "../releases/folder.ts";

function planned(id: string, slot = "voices.slt"): SwapRecord {
  return {
    id,
    slot,
    reason: "request",
    from: { plugin: "piper@1.0.0", model: "tiny@1.0.0", settings: { a: [1, null] }, device: "cpu" },
    to: { plugin: "piper@1.1.0", settings: {}, device: "auto" },
    stage: "planned",
    stages: [],
    startedAt: "2026-01-01T00:00:00.000Z",
  };
}

/** Brings a record to a stage, as a swap does. */
function reach(
  record: SwapRecord,
  stage: SwapRecord["stage"],
  elapsedMs: number,
  detail?: string,
): SwapRecord {
  const entry = { stage, at: "2026-01-01T00:00:01.000Z", elapsedMs, ...(detail && { detail }) };
  return { ...record, stage, stages: [...record.stages, entry] };
}

describe("the journal's database", () => {
  test("is created with its folder, and keeps its records when it is opened again", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "deep/er/journal.sqlite");
    const first = openJournal(path);
    first.swaps.beginSwap(planned("1"));
    first.close();
    const second = openJournal(path);
    expect(second.swaps.swap("1")).toEqual(planned("1"));
    second.close();
  });

  test("is migrated once: opening it again changes nothing, and it stores its version", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    const shape = () => {
      const database = openDatabase(path);
      const version = database.query("PRAGMA user_version").get();
      const tables = database.query("SELECT sql FROM sqlite_schema ORDER BY name").all();
      database.close();
      return { version, tables };
    };
    const first = shape();
    expect(first.version).toEqual({ user_version: 10 });
    expect(first.tables.length).toBeGreaterThan(2);
    expect(shape()).toEqual(first);
  });

  test("of an older engine is read: the memory that releases took, and what was asked of the config", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    const old = new Database(path, { create: true, strict: true });
    for (const sql of MIGRATIONS.slice(0, 7)) old.run(sql);
    old.run("PRAGMA user_version = 7");
    old.run(
      "INSERT INTO footprints VALUES ('piper@1.0.0', 'tiny@1.0.0', 'cpu', 100, NULL, '2026-01-01T00:00:00Z')",
    );
    old.run(`INSERT INTO config_steering VALUES (1, '{"overrides":{"log":{"level":"warn"}}}')`);
    old.close();

    const journal = openJournal(path);
    const release = { plugin: "piper@1.0.0", model: "tiny@1.0.0", device: "cpu" };
    expect(journal.memoryHistory.find(release)).toEqual({ hostBytes: 100 });
    expect(journal.apiChanges.read()).toEqual({ overrides: { log: { level: "warn" } } });
    // The new tables have the keys of the old ones: a newer value takes the place of the older.
    journal.memoryHistory.remember(release, { hostBytes: 200, gpuBytes: 7 }, "2026-01-02T00:00:00Z");
    journal.apiChanges.write({}, "refuse");
    journal.close();
    const again = openJournal(path);
    expect(again.memoryHistory.find(release)).toEqual({ hostBytes: 200, gpuBytes: 7 });
    expect(again.apiChanges.read()).toEqual({});
    again.close();
  });

  test("is safe to read during a write, and waits for no lock: WAL, no busy timeout, no checkpoint, and foreign keys", async () => {
    await using folder = await temporaryFolder();
    const database = openDatabase(join(folder.path, "journal.sqlite"));
    const pragma = (name: string) => Object.values(database.query(`PRAGMA ${name}`).get() as object)[0];
    expect(pragma("journal_mode")).toBe("wal");
    expect(pragma("busy_timeout")).toBe(0);
    expect(pragma("foreign_keys")).toBe(1);
    // Another thread makes the checkpoints.
    expect(pragma("wal_autocheckpoint")).toBe(0);
    database.close();
  });

  test("in memory leaves no file", () => {
    const journal = openJournal(":memory:");
    journal.swaps.beginSwap(planned("1"));
    expect(journal.swaps.swaps({ limit: 10 })).toHaveLength(1);
    journal.close();
  });
});

describe("the journal of swaps", () => {
  test("returns what was written, stage by stage, in the format of the API", () => {
    const { swaps } = openJournal(":memory:");
    let record = planned("1");
    swaps.beginSwap(record);
    for (const [stage, ms] of [
      ["starting", 0.125],
      ["loading", 17.5],
      ["probing", 90],
    ] as const) {
      record = reach(record, stage, ms);
      swaps.addStage(record, record.stages.at(-1)!);
    }
    record = { ...reach(record, "routed", 120, 'no "old" one; it\'s gone'), generation: 4 };
    swaps.addStage(record, record.stages.at(-1)!);
    record = { ...reach(record, "done", 121), endedAt: "2026-01-01T00:00:02.000Z" };
    swaps.addStage(record, record.stages.at(-1)!);
    swaps.endSwap(record);
    expect(swaps.swap("1")).toEqual(record);
    expect(validator<SwapRecord>("syrinx:swap")(swaps.swap("1"))).toBe(true);
  });

  test("keeps the error of a failed swap, and that a slot's first swap has no previous binding", () => {
    const { swaps } = openJournal(":memory:");
    const record: SwapRecord = {
      ...reach({ ...planned("1"), from: null }, "failed", 5),
      endedAt: "2026-01-01T00:00:02.000Z",
      error: { code: "probe-failed", message: "it gave silence" },
    };
    swaps.beginSwap({ ...record, stage: "planned", stages: [] });
    swaps.addStage(record, record.stages[0]!);
    swaps.endSwap(record);
    expect(swaps.swap("1")).toEqual(record);
  });

  test("counts the utterances that the next generation took over, and has no count if there were none", () => {
    const { swaps } = openJournal(":memory:");
    swaps.beginSwap(planned("1"));
    expect(swaps.swap("1")).toEqual(planned("1"));
    swaps.addMoved({ ...planned("1"), moved: 2 });
    expect(swaps.swap("1")).toEqual({ ...planned("1"), moved: 2 });
    expect(validator<SwapRecord>("syrinx:swap")(swaps.swap("1"))).toBe(true);
  });

  test("has no swap that was not begun", () => {
    const { swaps } = openJournal(":memory:");
    expect(swaps.swap("1")).toBeUndefined();
    expect(swaps.swaps({ limit: 10 })).toEqual([]);
  });

  test("lists the newest first, page by page, without a gap or a repetition", () => {
    const { swaps } = openJournal(":memory:");
    const ids = Array.from({ length: 23 }, () => Bun.randomUUIDv7());
    for (const [index, id] of ids.entries())
      swaps.beginSwap(planned(id, index % 3 === 0 ? "voices.rms" : "voices.slt"));
    const pages: string[][] = [];
    let before: string | undefined;
    while (pages.length < ids.length) {
      const page = swaps.swaps({ limit: 5, ...(before && { before }) }).map(({ id }) => id);
      if (page.length === 0) break;
      pages.push(page);
      before = page.at(-1);
    }
    expect(pages.map(({ length }) => length)).toEqual([5, 5, 5, 5, 3]);
    expect(pages.flat()).toEqual(ids.toReversed());
    const ofSlot = swaps.swaps({ slot: "voices.rms", limit: 3, before: ids[10]! });
    expect(ofSlot.map(({ id }) => id)).toEqual([ids[9]!, ids[6]!, ids[3]!]);
  });

  test("marks the swaps that the end of the engine interrupted, and no others", () => {
    const { swaps } = openJournal(":memory:");
    const over = { ...reach(planned("1"), "done", 5), endedAt: "2026-01-01T00:00:02.000Z" };
    swaps.beginSwap(planned("1"));
    swaps.addStage(over, over.stages[0]!);
    swaps.endSwap(over);
    const open = reach(planned("2"), "loading", 5);
    swaps.beginSwap(planned("2"));
    swaps.addStage(open, open.stages[0]!);
    const now = "2026-01-02T00:00:00.000Z";
    expect(swaps.interruptOpenSwaps(now)).toEqual([swaps.swap("2")!]);
    expect(swaps.swap("1")).toEqual(over);
    expect(swaps.swap("2")).toEqual({ ...open, stage: "interrupted", endedAt: now });
    expect(swaps.interruptOpenSwaps(now)).toEqual([]);
  });

  test("has a whole stage or none after an interrupted write", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    const journal = openJournal(path);
    journal.swaps.beginSwap(planned("1"));
    const other = new Database(path);
    other.run(
      "CREATE TRIGGER refuse BEFORE UPDATE ON swaps BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    );
    const record = reach(planned("1"), "starting", 1);
    journal.swaps.addStage(record, record.stages[0]!);
    journal.close();
    expect(other.query("SELECT stage FROM swaps").all()).toEqual([{ stage: "planned" }]);
    expect(other.query("SELECT stage FROM swap_stages").all()).toEqual([]);
    other.close();
  });
});
