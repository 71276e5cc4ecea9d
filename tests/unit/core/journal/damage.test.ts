import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { MIGRATIONS } from "../../../../core/journal/database.ts";
import { openJournal } from "../../../../core/journal/mod.ts";
import type { SwapRecord } from "../../../../schemas/generated/swap.ts";
import { temporaryFolder } from "../releases/folder.ts";

const AT = "2026-01-01T00:00:00.000Z";

function swap(id: string): SwapRecord {
  return {
    id,
    slot: "voices.slt",
    reason: "request",
    from: null,
    to: { plugin: "piper@1.0.0", settings: {}, device: "auto" },
    stage: "planned",
    stages: [],
    startedAt: AT,
  };
}

/** Opens a journal, and notes what it tells of damage. */
function open(path: string) {
  const told: string[] = [];
  const journal = openJournal(path, { tell: (message) => told.push(message) });
  return { journal, told };
}

/** Leaves a journal as a crash does: a copy of its files while it is open. */
async function crashed(
  folder: string,
  name: string,
  fill: (journal: ReturnType<typeof openJournal>) => void,
) {
  const live = join(folder, `live-${name}.sqlite`);
  const path = join(folder, `${name}.sqlite`);
  const { journal } = open(live);
  fill(journal);
  for (const end of ["", "-wal", ".open"]) await copyFile(live + end, path + end);
  journal.close();
  return path;
}

describe("a journal", () => {
  test("of a newer engine is refused in words, and is not changed", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    openJournal(path).close();
    const newer = new Database(path);
    newer.run(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    newer.close();
    expect(() => openJournal(path)).toThrow(
      expect.objectContaining({
        code: "journal-newer",
        message: expect.stringMatching(
          /a newer Syrinx has written it .* start the newer Syrinx again, or .* another --home/,
        ),
      }),
    );
    const still = new Database(path);
    expect(still.query("PRAGMA user_version").get()).toEqual({ user_version: MIGRATIONS.length + 1 });
    still.close();
  });

  test("with damaged rows opens, tells of each one once, sets it aside and reads the others", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    const first = openJournal(path);
    for (const id of ["1", "2"]) first.swaps.beginSwap(swap(id));
    for (const number of [1, 2]) first.configs.write({ number, at: AT, outcome: "applied", layers: [] });
    first.apiChanges.write({ overrides: {} }, "refuse");
    first.events.append({ type: "slot", slot: "voices.a" } as never, AT);
    first.events.append({ type: "slot", slot: "voices.b" } as never, AT);
    first.close();
    const other = new Database(path);
    other.run("UPDATE swaps SET to_binding = 'not JSON' WHERE id = '1'");
    other.run("UPDATE config_versions SET layers = '{' WHERE number = 2");
    other.run("UPDATE api_changes SET body = '5'");
    other.run("UPDATE events SET body = '' WHERE id = 1");
    other.run("INSERT INTO snapshots (id, is_asked, body) VALUES ('x', 1, '[')");
    other.close();

    const { journal, told } = open(path);
    for (const _ of ["once", "again"]) {
      expect(journal.swaps.interruptOpenSwaps(AT).map(({ id }) => id)).toEqual(_ === "once" ? ["2"] : []);
      expect(journal.configs.newest()?.number).toBe(1);
      expect(journal.apiChanges.read()).toEqual({});
      expect(journal.events.after(0, { limit: 10 }).map(({ id }) => id)).toEqual([2]);
      expect(journal.snapshots.all()).toEqual([]);
    }
    expect(told.map((line) => /row (\S+ of \w+) is damaged and was set aside/.exec(line)?.[1])).toEqual([
      "1 of swaps",
      "2 of config_versions",
      "1 of api_changes",
      "1 of events",
      "x of snapshots",
    ]);
    journal.close();
    const after = new Database(path);
    expect(after.query("SELECT source FROM set_aside ORDER BY source").values().flat()).toEqual([
      "api_changes",
      "config_versions",
      "events",
      "snapshots",
      "swaps",
    ]);
    after.close();
  });

  test("that a crash left with its write-ahead log opens with all that was written, and tells of nothing", async () => {
    await using folder = await temporaryFolder();
    const path = await crashed(folder.path, "whole", ({ swaps }) => swaps.beginSwap(swap("1")));
    const { journal, told } = open(path);
    expect([journal.swaps.swap("1")?.id, told]).toEqual(["1", []]);
    journal.close();
    expect(open(path).told).toEqual([]);
  });

  test("that lost its write-ahead log in a crash tells of that", async () => {
    await using folder = await temporaryFolder();
    const path = await crashed(folder.path, "lost", ({ swaps }) => swaps.beginSwap(swap("1")));
    await rm(`${path}-wal`);
    const { journal, told } = open(path);
    expect(told).toEqual([
      expect.stringMatching(/write-ahead log .*-wal is gone, .* its last changes are lost$/),
    ]);
    journal.close();
  });

  test("whose write-ahead log is damaged tells how much of it is lost", async () => {
    await using folder = await temporaryFolder();
    const path = await crashed(folder.path, "damaged", ({ swaps }) => {
      for (let id = 0; id < 20; id++) swaps.beginSwap(swap(String(id)));
    });
    const log = await Bun.file(`${path}-wal`).bytes();
    // In the last quarter, and not in a frame's header.
    log[Math.floor(log.length * 0.75)]! ^= 0xff;
    await Bun.write(`${path}-wal`, log);
    const { journal, told } = open(path);
    expect(told).toEqual([
      expect.stringMatching(/is damaged: \d+ of its \d+ pages are lost, and the last changes with them$/),
    ]);
    expect(journal.swaps.swaps({ limit: 100 }).length).toBeLessThan(20);
    journal.close();
  });
});
