import { describe, expect, test } from "bun:test";
import type { Clock } from "../../../../core/clock.ts";
import { SyrinxError } from "../../../../core/errors.ts";
import { openDatabase } from "../../../../core/journal/database.ts";
import { type EventBody, SwapJournal } from "../../../../core/journal/mod.ts";
import { JournalWriter } from "../../../../core/journal/writer.ts";
import type { LoadReason, Transition } from "../../../../core/slots/lifecycle/mod.ts";
import { SwapLog } from "../../../../core/slots/swap-log.ts";
import type { SwapStage } from "../../../../schemas/generated/swap.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { isPending } from "../../../support/settled.ts";
import { silentLog } from "../../../support/silent-log.ts";
import { bindingOf } from "../releases/releases.ts";

function open() {
  let now = 0;
  const clock: Clock = {
    now: () => 1_767_225_600_000 + now,
    monotonic: () => now,
    after: () => ({ cancel: () => {} }),
  };
  const database = openDatabase(":memory:");
  const journal = new SwapJournal(database, new JournalWriter(database, { clock }));
  const events: EventBody[] = [];
  return {
    journal,
    fillDisk: () => database.run("PRAGMA query_only = ON"),
    events,
    log: new SwapLog(journal, clock, silentLog(), (event) => events.push(structuredClone(event))),
    pass: (ms: number) => (now += ms),
  };
}

/** The effect by which a swap to `b` reaches a stage. */
function at(id: string, stage: SwapStage, more: { generation?: number; detail?: string } = {}) {
  return { transition: loadOf(id), stage, ...more };
}

function loadOf(id: string, reason: LoadReason = "request"): Transition {
  return { kind: "load", id, binding: bindingOf("b"), reason, strategy: "auto", newProcess: false };
}

function intent(from?: string) {
  return {
    reason: "request",
    strategy: "auto",
    from: from === undefined ? undefined : bindingOf(from),
    to: bindingOf("b"),
  } as const;
}

describe("the record of a swap", () => {
  test("that was requested ends when the config has its binding, or after 10 s; then it says later what became of that", async () => {
    const clock = new HandClock(1_000_000);
    const database = openDatabase(":memory:");
    const journal = new SwapJournal(database, new JournalWriter(database, { clock }));
    const log = new SwapLog(journal, clock, silentLog(), () => {});
    const begin = () => {
      const swap = log.plan("voices.a", { ...intent("a"), keeping: { persist: true } });
      for (const stage of ["routed", "done"] as const) log.record("voices.a", at(swap.id, stage));
      log.finish(swap.id, undefined);
      return swap;
    };
    const [first, second] = [begin(), begin()];
    expect(await isPending(first.done)).toBe(true);
    log.noteConfig(first.id, { state: "saved", version: 7 });
    expect(await first.done).toMatchObject({ config: { state: "saved", version: 7 } });
    clock.pass(10_000);
    expect(await second.done).toMatchObject({ stage: "done", config: { state: "pending" } });
    log.noteConfig(second.id, { state: "saved", version: 8 });
    expect(journal.swap(second.id)).toMatchObject({ config: { state: "saved", version: 8 } });
  });

  test("is in the journal stage by stage, with times, and tells when it serves and when it is over", async () => {
    const { log, journal, pass } = open();
    const { id, served, done } = log.plan("voices.a", intent("a"));
    log.record("voices.a", at(id, "starting"));
    pass(12.3456);
    expect(await isPending(served)).toBe(true);
    log.record("voices.a", at(id, "routed", { generation: 2 }));
    expect(await served).toMatchObject({ stage: "routed", generation: 2 });
    expect(await isPending(done)).toBe(true);
    pass(1);
    log.record("voices.a", at(id, "done"));
    log.finish(id, undefined);
    const record = await done;
    expect(record.stages.map(({ stage, elapsedMs }) => [stage, elapsedMs])).toEqual([
      ["starting", 0],
      ["routed", 12.346],
      ["done", 13.346],
    ]);
    expect(record).toMatchObject({
      from: { settings: { mark: "a" } },
      to: { plugin: "beep@1.0.0", settings: { mark: "b" } },
      startedAt: "2026-01-01T00:00:00.000Z",
      endedAt: "2026-01-01T00:00:00.013Z",
    });
    expect(journal.swap(id)).toEqual(record);
  });

  test("is told whole at every stage, and at the last one with how it ended", () => {
    const { log, journal, events } = open();
    const { id } = log.plan("voices.a", intent());
    log.record("voices.a", at(id, "starting"));
    log.record("voices.a", at(id, "failed"));
    log.finish(id, new SyrinxError("probe-failed", "it gave silence"));
    const told = events.map((event) => event.kind === "swap" && event.swap);
    expect(told).toMatchObject([
      { stage: "starting", stages: [{ stage: "starting" }] },
      {
        stage: "failed",
        stages: [{ stage: "starting" }, { stage: "failed" }],
        error: { code: "probe-failed" },
      },
    ]);
    expect(told[1]).toEqual(journal.swap(id)!);
  });

  test("of one that fails resolves both promises with why: nobody waits for ever", async () => {
    const { log, journal } = open();
    const { id, served, done } = log.plan("voices.a", intent());
    log.record("voices.a", at(id, "failed"));
    log.finish(id, new SyrinxError("probe-failed", "it gave silence"));
    const why = { error: { code: "probe-failed", message: "it gave silence" }, from: null };
    expect(await served).toMatchObject(why);
    expect(await done).toMatchObject(why);
    expect(journal.swap(id)).toMatchObject(why);
  });

  test("of a recovery is opened by its first stage, because nobody requested it", () => {
    const { log, journal } = open();
    log.record("voices.a", {
      ...at("recovery-1", "planned"),
      transition: loadOf("recovery-1", "recovery"),
    });
    log.finish("recovery-1", undefined);
    log.finish("recovery-1", undefined);
    expect(journal.swap("recovery-1")).toMatchObject({ reason: "recovery", stage: "planned" });
  });

  test("that was done and is rolled back says so, and why, and is told again", async () => {
    const { log, journal, events } = open();
    const { id } = log.plan("voices.a", intent("a"));
    log.record("voices.a", at(id, "routed", { generation: 2 }));
    log.record("voices.a", at(id, "done"));
    log.finish(id, undefined);
    log.markRolledBack(id, new SyrinxError("too-many-errors", "3 of 5 failed"));
    expect(journal.swap(id)).toMatchObject({
      stage: "rolled-back",
      generation: 2,
      stages: [{ stage: "routed" }, { stage: "done" }, { stage: "rolled-back", detail: "3 of 5 failed" }],
    });
    expect(events.at(-1)).toMatchObject({ kind: "swap", swap: { id, stage: "rolled-back" } });
  });

  test("of an unload is to nothing", async () => {
    const { log, journal } = open();
    const { id } = log.plan("voices.a", { ...intent("a"), reason: "unload", to: undefined });
    expect(journal.swap(id)).toMatchObject({ reason: "unload", to: null, from: { settings: { mark: "a" } } });
  });

  test("says how many utterances went over to the new generation, those too that came when it was done", async () => {
    const { log, journal, events } = open();
    const { id, done } = log.plan("voices.a", intent("a"));
    log.record("voices.a", at(id, "routed", { generation: 2 }));
    expect(journal.swap(id)).not.toHaveProperty("moved");
    log.moved(id);
    log.moved(id);
    log.record("voices.a", at(id, "done"));
    log.finish(id, undefined);
    expect(await done).toMatchObject({ moved: 2 });
    expect(journal.swap(id)).toEqual(await done);
    log.moved(id);
    expect(journal.swap(id)).toMatchObject({ stage: "done", moved: 3 });
    expect(events.at(-1)).toEqual({ kind: "swap", slot: "voices.a", swap: journal.swap(id)! });
  });

  test.each(["request", "reload", "config", "unload"] as const)(
    "of one that would replace what serves (%s) must be written down: else it is refused, and nothing of it is left",
    (reason) => {
      const { log, journal, fillDisk } = open();
      fillDisk();
      expect(() => log.plan("voices.a", { ...intent("a"), reason })).toThrow(
        expect.objectContaining({ code: "journal-unwritable" }),
      );
      expect(journal.swaps({ limit: 10 })).toEqual([]);
    },
  );

  test("of what brings a slot to serve, or back, goes on whatever the journal says", async () => {
    const { log, journal, fillDisk } = open();
    fillDisk();
    const { id, done } = log.plan("voices.a", { ...intent(), reason: "config" });
    log.record("voices.a", at(id, "routed", { generation: 1 }));
    log.finish(id, undefined);
    expect(await done).toEqual(journal.swap(id)!);
    log.record("voices.a", {
      ...at("recovery-1", "planned", { detail: "it died" }),
      transition: loadOf("recovery-1", "recovery"),
    });
    expect(journal.swap("recovery-1")?.stages).toMatchObject([{ stage: "planned", detail: "it died" }]);
    expect(() => log.plan("voices.b", { ...intent(), reason: "start" })).not.toThrow();
  });
});
