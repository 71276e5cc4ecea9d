import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type Journal, openJournal } from "../../../../core/journal/mod.ts";
import type { SnapshotRecord } from "../../../../schemas/generated/api.ts";
import type { SwapRecord } from "../../../../schemas/generated/swap.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { until } from "../../../support/until.ts";
import { temporaryFolder } from "../releases/folder.ts";

const AT = "2026-01-01T00:00:00.000Z";
const EVENT = { kind: "slot", slot: "voices.a", state: "ready", generation: 1 } as const;
const OF = { plugin: "piper@1.0.0", model: "slt@1.0.0", device: "cpu" };
const SWAP: SwapRecord = {
  id: "1",
  slot: "voices.a",
  reason: "request",
  from: null,
  to: null,
  stage: "planned",
  stages: [],
  startedAt: AT,
};
const SNAPSHOT: SnapshotRecord = {
  id: "1",
  at: AT,
  reason: "request",
  actor: "ann",
  version: 1,
  document: {} as never,
  slots: [],
};

/** Journals on a disk, and what they reported. */
async function begin() {
  const folder = await temporaryFolder();
  const path = join(folder.path, "journal.sqlite");
  const clock = new HandClock();
  const changes: (string | undefined)[] = [];
  const journal = openJournal(path, { clock, changed: (refusal) => changes.push(refusal?.message) });
  const other = new Database(path);
  return {
    path,
    clock,
    changes,
    journal,
    lock: () => other.run("BEGIN IMMEDIATE"),
    unlock: () => other.run("ROLLBACK"),
    /** What a later start finds. */
    reopened(): Journal {
      journal.close();
      return openJournal(path);
    },
    async [Symbol.asyncDispose]() {
      other.close();
      journal.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Writes what must not be lost. */
function writeAll({ events, configs, rejections, memoryHistory }: Journal): void {
  events.append(EVENT, AT);
  for (const number of [1, 2]) configs.write({ number, at: AT, outcome: "applied", layers: [] });
  for (const base of [1, 2]) rejections.write({ base, at: AT, outcome: "rejected", problems: [] });
  memoryHistory.remember(OF, { hostBytes: 5 }, AT);
}

function readAll({ events, configs, rejections, memoryHistory }: Journal) {
  return {
    events: events.after(0, { limit: 9 }).map(({ id }) => id),
    newest: configs.newest()?.number,
    versions: configs.page({ limit: 9 }).map(({ number }) => number),
    first: configs.get(1)?.number,
    rejections: rejections.between(0, 9).map(({ id, base }) => [id, base]),
    memory: memoryHistory.find(OF),
  };
}

describe("a journal that another process locks", () => {
  test("returns at once, shows what it could not write, and writes it when the lock is free", async () => {
    await using all = await begin();
    const { journal, lock, unlock, clock } = all;
    const shown = {
      events: [1],
      newest: 2,
      versions: [2, 1],
      first: 1,
      rejections: [
        [2, 2],
        [1, 1],
      ],
      memory: { hostBytes: 5 },
    };
    lock();
    const began = performance.now();
    writeAll(journal);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(readAll(journal)).toEqual(shown);
    unlock();
    clock.pass(50);
    const later = all.reopened();
    expect(readAll(later)).toEqual(shown);
    later.close();
  });

  test("for a moment refuses no swap: its record is kept; one that is locked for a second refuses it", async () => {
    await using all = await begin();
    const { journal, lock, unlock, clock } = all;
    lock();
    journal.swaps.beginSwap(SWAP, "refuse");
    journal.apiChanges.write({ overrides: { speech: { maxQueue: 9 } } }, "refuse");
    clock.pass(1_000);
    expect(() => journal.swaps.beginSwap({ ...SWAP, id: "2" }, "refuse")).toThrow(
      expect.objectContaining({ code: "journal-unwritable" }),
    );
    unlock();
    clock.pass(50);
    const later = all.reopened();
    expect(later.swaps.swaps({ limit: 9 })).toEqual([SWAP]);
    expect(later.apiChanges.read()).toEqual({ overrides: { speech: { maxQueue: 9 } } });
    later.close();
  });

  test("is not reported if the lock is soon free, and reported once with its reason if it is not", async () => {
    await using all = await begin();
    const { journal, lock, unlock, clock, changes } = all;
    for (const ms of [900, 1_500]) {
      lock();
      writeAll(journal);
      clock.pass(ms);
      unlock();
      clock.pass(50);
    }
    expect(changes).toEqual(["another process holds its lock (database is locked)", undefined]);
  });

  test("lets a change wait until the lock is free", async () => {
    await using all = await begin();
    const { journal, lock, unlock, clock } = all;
    await journal.ready();
    lock();
    const ready = journal.ready();
    clock.pass(1_000);
    expect(() => journal.snapshots.write(SNAPSHOT)).toThrow();
    unlock();
    clock.pass(50);
    await ready;
    journal.snapshots.write(SNAPSHOT);
    expect(journal.snapshots.all()).toHaveLength(1);
  });

  test("refuses a change after 5 s, and says why", async () => {
    await using all = await begin();
    const { journal, lock, clock, path } = all;
    lock();
    let over = false;
    const ready = journal.ready().then(() => {
      over = true;
    });
    for (let ms = 0; ms < 4_900; ms += 50) {
      clock.pass(50);
      await clock.settle();
    }
    expect(over).toBe(false);
    for (let ms = 0; ms < 200; ms += 50) {
      clock.pass(50);
      await clock.settle();
    }
    await ready;
    expect(() => journal.snapshots.write(SNAPSHOT)).toThrow(
      `Nothing was changed because another process holds the lock of the journal ${path}`,
    );
  });

  test("keeps a bounded number of records in memory, and drops the oldest", async () => {
    await using all = await begin();
    const { journal, lock, unlock, clock } = all;
    lock();
    for (let number = 1; number <= 150; number++)
      journal.configs.write({ number, at: AT, outcome: "applied", layers: [] });
    expect(journal.configs.page({ limit: 1_000 }).map(({ number }) => number)).toEqual(
      Array.from({ length: 100 }, (_, n) => 150 - n),
    );
    unlock();
    clock.pass(50);
    expect(journal.configs.page({ limit: 1_000 })).toHaveLength(100);
  });
});

test("another thread writes the log back into the database, because that waits for the disk", async () => {
  await using all = await begin();
  const { journal, path } = all;
  const before = (await stat(path)).size;
  // Fewer than are kept while the database is locked: the other thread may lock it for a moment.
  for (let n = 0; n < 900; n++) journal.events.append(EVENT, AT);
  await until("the log is written back", async () => (await stat(path)).size, {
    is: (size) => size > before,
  });
  expect(journal.events.after(0, { limit: 10_000 })).toHaveLength(900);
});
