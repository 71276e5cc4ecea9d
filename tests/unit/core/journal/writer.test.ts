import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Clock } from "../../../../core/clock.ts";
import { openDatabase } from "../../../../core/journal/database.ts";
import { EventJournal } from "../../../../core/journal/events.ts";
import { RowReader } from "../../../../core/journal/row-reader.ts";
import { SwapJournal } from "../../../../core/journal/swaps.ts";
import { JournalWriter } from "../../../../core/journal/writer.ts";
import type { SwapRecord } from "../../../../schemas/generated/swap.ts";

const AT = "2026-01-01T00:00:00.000Z";
const ALL = { limit: 1_000_000 };

function planned(id: string): SwapRecord {
  const to = { plugin: "piper@1.0.0", settings: {}, device: "auto" };
  return {
    id,
    slot: "voices.a",
    reason: "request",
    from: null,
    to,
    stage: "planned",
    stages: [],
    startedAt: AT,
  };
}

function reached(record: SwapRecord, stage: SwapRecord["stage"], ended = false): SwapRecord {
  const stages = [...record.stages, { stage, at: AT, elapsedMs: record.stages.length }];
  return { ...record, stage, stages, ...(ended && { endedAt: AT }) };
}

/** A journal whose disk can be made to take nothing. */
function open({ mostSwaps, mostEvents, keep }: Record<string, number> = {}) {
  const database = openDatabase(":memory:");
  const timers: (() => void)[] = [];
  const changes: (string | undefined)[] = [];
  const clock: Clock = {
    now: () => 0,
    monotonic: () => 0,
    after(_, callback) {
      timers.push(callback);
      return { cancel: () => void timers.splice(timers.indexOf(callback), 1) };
    },
  };
  const writer = new JournalWriter(database, {
    clock,
    changed: (refusal) => changes.push(refusal?.message),
  });
  const rows = new RowReader(database);
  return {
    database,
    writer,
    changes,
    timers,
    swaps: new SwapJournal(database, writer, rows, mostSwaps),
    events: new EventJournal(database, writer, rows, keep, mostEvents),
    full: (full: boolean) => database.run(`PRAGMA query_only = ${full ? "ON" : "OFF"}`),
    /** The time after which the disk is tried again. */
    pass: () => timers.shift()?.(),
  };
}

function event(n: number) {
  return { kind: "slot", slot: "voices.a", state: "ready", generation: n } as const;
}

describe("a journal whose disk is not writable", () => {
  test("refuses a swap that must be written before it begins, and keeps nothing of it", () => {
    const { swaps, full, pass, changes } = open();
    full(true);
    expect(() => swaps.beginSwap(planned("1"))).toThrow(/journal cannot be written .*:memory: and try again/);
    expect(swaps.swaps(ALL)).toEqual([]);
    // Though nothing was kept, it is not taken for written again.
    pass();
    expect(changes).toHaveLength(1);
    full(false);
    swaps.beginSwap(planned("1"));
    expect(swaps.swap("1")).toEqual(planned("1"));
    expect(changes).toEqual(["attempt to write a readonly database", undefined]);
  });

  test("writes nothing new before the records in memory, even if the disk is writable again", () => {
    const { events, writer, database, full, pass } = open();
    const written = () => database.query("SELECT id FROM events ORDER BY rowid").values().flat();
    full(true);
    events.append(event(1), AT);
    full(false);
    events.append(event(2), AT);
    expect(writer.write(() => {})).toBe(false);
    expect(written()).toEqual([]);
    pass();
    expect(written()).toEqual([1, 2]);
    expect(writer.write(() => {})).toBe(true);
  });

  test("keeps other records in memory, includes them in reads, and writes them when the disk is writable again", () => {
    const { swaps, full, pass, database } = open();
    swaps.beginSwap(planned("1"));
    swaps.beginSwap(planned("3"));
    full(true);
    const first = reached(reached(planned("1"), "starting"), "done", true);
    swaps.addStage(first, first.stages[0]!);
    swaps.endSwap(first);
    const second = reached(planned("2"), "starting");
    swaps.beginSwap(planned("2"), "keep");
    swaps.addStage(second, second.stages[0]!);
    const shown = [planned("3"), second, first];
    expect(swaps.swaps(ALL)).toEqual(shown);
    expect(swaps.swaps({ limit: 1, before: "3" })).toEqual([second]);
    expect(swaps.swaps({ limit: 1, before: "2" })).toEqual([first]);
    expect(swaps.swaps({ ...ALL, slot: "voices.b" })).toEqual([]);
    expect(swaps.swap("2")).toEqual(second);
    full(false);
    pass();
    expect(new SwapJournal(database, new JournalWriter(database)).swaps(ALL)).toEqual(shown);
    const third = reached(second, "loading");
    swaps.addStage(third, third.stages[1]!);
    expect(swaps.swap("2")).toEqual(third);
  });

  test("keeps who asked for a swap, what rolled it back and what its canary has seen", () => {
    const { swaps, full, pass, database } = open();
    const canary = { requests: 3, failed: 1, minRequests: 20, windowMs: 60_000 };
    const told: SwapRecord = { ...planned("1"), actor: "ada" };
    swaps.beginSwap(told);
    full(true);
    const ended = reached({ ...told, canary, rolledBackBy: "hand", from: told.to }, "rolled-back", true);
    swaps.setFrom(ended);
    swaps.setCanary(ended);
    swaps.addStage(ended, ended.stages[0]!);
    swaps.endSwap(ended);
    full(false);
    pass();
    expect(new SwapJournal(database, new JournalWriter(database)).swap("1")).toEqual(ended);
  });

  test("is retried at an interval until everything is written, and reports each change once", () => {
    const { swaps, full, pass, timers, changes } = open();
    full(true);
    swaps.beginSwap(planned("1"), "keep");
    swaps.beginSwap(planned("2"), "keep");
    for (let n = 0; n < 3; n++) {
      expect(timers).toHaveLength(1);
      pass();
    }
    full(false);
    pass();
    expect(timers).toHaveLength(0);
    expect(changes).toEqual(["attempt to write a readonly database", undefined]);
  });

  test("continues the numbers of events, so that readers miss none", () => {
    const { events, full, pass, database } = open();
    const told: number[] = [];
    events.subscribe(() => told.push(events.range.newest));
    events.append(event(1), AT);
    full(true);
    events.append(event(2), AT);
    events.append(event(3), AT);
    const ids = (after: number, limit = 10) => events.after(after, { limit }).map(({ id }) => id);
    expect([ids(0), ids(1), ids(2), ids(0, 2)]).toEqual([[1, 2, 3], [2, 3], [3], [1, 2]]);
    expect(events.after(0, { limit: 10, slot: "voices.b" })).toEqual([]);
    full(false);
    pass();
    events.append(event(4), AT);
    expect(told).toEqual([1, 2, 3, 4]);
    const again = new EventJournal(database, new JournalWriter(database));
    expect(again.after(0, ALL)).toMatchObject([1, 2, 3, 4].map((n) => ({ id: n, generation: n })));
  });

  test("drops the oldest of too many events and all before them: a reader gets one gap at the start", () => {
    const { events, full, pass } = open({ mostEvents: 2 });
    events.append(event(1), AT);
    full(true);
    for (const n of [2, 3, 4, 5]) events.append(event(n), AT);
    expect(events.range).toEqual({ oldest: 4, newest: 5 });
    expect(events.after(0, ALL).map(({ id }) => id)).toEqual([4, 5]);
    full(false);
    pass();
    expect(events.range).toEqual({ oldest: 4, newest: 5 });
    expect(events.after(0, ALL).map(({ id }) => id)).toEqual([4, 5]);
  });

  test("drops the oldest of too many finished swaps, and no running one", () => {
    const { swaps, full } = open({ mostSwaps: 2 });
    full(true);
    swaps.beginSwap(planned("0"), "keep");
    for (const id of ["1", "2", "3"]) {
      swaps.beginSwap(planned(id), "keep");
      swaps.endSwap(reached(planned(id), "done", true));
    }
    expect(swaps.swaps(ALL).map(({ id }) => id)).toEqual(["3", "2", "0"]);
  });

  test("still marks the swaps that the end of the engine interrupted", () => {
    const { swaps, full, pass } = open();
    swaps.beginSwap(planned("1"));
    full(true);
    const interrupted = { ...planned("1"), stage: "interrupted", endedAt: AT } as const;
    expect(swaps.interruptOpenSwaps(AT)).toEqual([interrupted]);
    expect(swaps.swaps(ALL)).toEqual([interrupted]);
    full(false);
    pass();
    expect(swaps.interruptOpenSwaps(AT)).toEqual([]);
  });

  test("finally has the same records as a journal whose disk was always writable", () => {
    const act = fc.record({
      swap: fc.nat(4),
      full: fc.boolean(),
      what: fc.constantFrom("stage", "end", "event", "retry"),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const [tried, calm] = [open(), open()];
        const records = new Map<number, SwapRecord>();
        for (const [n, { swap, full, what }] of acts.entries()) {
          tried.full(full);
          if (what === "retry") tried.pass();
          if (what === "event") for (const one of [tried, calm]) one.events.append(event(n), AT);
          if (what === "retry" || what === "event") continue;
          const before = records.get(swap);
          if (before?.endedAt) continue;
          const record = reached(before ?? planned(String(swap)), "loading", what === "end");
          records.set(swap, record);
          for (const { swaps } of [tried, calm]) {
            if (!before) swaps.beginSwap(planned(String(swap)), "keep");
            swaps.addStage(record, record.stages.at(-1)!);
            if (what === "end") swaps.endSwap(record);
          }
          for (const page of [ALL, { limit: 1 }, { limit: 3 }, { limit: 2, before: "3" }])
            expect(tried.swaps.swaps(page)).toEqual(calm.swaps.swaps(page));
        }
        tried.full(false);
        tried.writer.close();
        const written = new SwapJournal(tried.database, new JournalWriter(tried.database));
        expect(written.swaps(ALL)).toEqual(calm.swaps.swaps(ALL));
        expect(tried.events.after(0, ALL)).toEqual(calm.events.after(0, ALL));
      }),
    );
  });
});
