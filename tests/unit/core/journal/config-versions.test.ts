import { describe, expect, test } from "bun:test";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { ApiChangesRecord } from "../../../../core/journal/api-changes.ts";
import { ConfigVersions } from "../../../../core/journal/config-versions.ts";
import { openDatabase } from "../../../../core/journal/database.ts";
import { openJournal } from "../../../../core/journal/mod.ts";
import { RowReader } from "../../../../core/journal/row-reader.ts";
import { JournalWriter } from "../../../../core/journal/writer.ts";
import { validator } from "../../../../core/schema.ts";
import type { ConfigVersion } from "../../../../schemas/generated/api.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { temporaryFolder } from "../releases/folder.ts";

const isVersion = validator<ConfigVersion>("syrinx:api#/$defs/ConfigVersion");

function version(number: number, more: Partial<ConfigVersion> = {}): ConfigVersion {
  return {
    number,
    at: "2026-01-01T00:00:00.000Z",
    outcome: "applied",
    layers: [{ source: "file", origin: "/etc/syrinx.jsonc", document: { voices: { a: null, b: [1] } } }],
    ...more,
  };
}

describe("the journal of config versions", () => {
  test("returns the newest version as it was written, in the format of the API, also when it is opened again", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    const first = openJournal(path);
    expect(first.configs.newest()).toBeUndefined();
    const written = version(2, {
      cause: "rollback",
      source: "overrides",
      actor: "ann",
      reason: "too high",
      rollbackTo: 1,
      patch: [{ op: "replace", path: "/log/level", value: "warn" }],
      document: { log: { level: "warn" } },
    });
    for (const one of [version(1, { layers: [] }), written]) first.configs.write(one);
    first.close();
    const second = openJournal(path);
    const read = second.configs.newest();
    expect(read).toEqual(written);
    expect([isVersion(read), isVersion(version(1))]).toEqual([true, true]);
    second.close();
  });

  test("keeps only the newest versions, and the last write of each number", () => {
    const database = openDatabase(":memory:");
    const versions = new ConfigVersions(database, new JournalWriter(database), new RowReader(database), 3);
    for (let number = 1; number <= 10; number++) versions.write(version(number));
    versions.write(version(10, { layers: [] }));
    expect(database.query("SELECT number FROM config_versions").values()).toEqual([[8], [9], [10]]);
    expect(versions.newest()).toEqual(version(10, { layers: [] }));
  });

  test("returns pages, and one version by its number", () => {
    const { configs } = openJournal(":memory:");
    for (let number = 1; number <= 5; number++) configs.write(version(number));
    const numbers = (page: ConfigVersion[]) => page.map(({ number }) => number);
    expect(numbers(configs.page({ limit: 2 }))).toEqual([5, 4]);
    expect(numbers(configs.page({ limit: 9, before: 4 }))).toEqual([3, 2, 1]);
    expect(configs.get(3)).toEqual(version(3));
    expect(configs.get(6)).toBeUndefined();
  });

  test("lets no other user read the file, even if they could before", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    for (const file of [path, `${path}-wal`, `${path}-shm`]) await Bun.write(file, "", { mode: 0o644 });
    const journal = openJournal(path);
    journal.configs.write(version(1));
    for (const file of [path, `${path}-wal`, `${path}-shm`])
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    journal.close();
  });
});

describe("the journal of rejections", () => {
  const isRejection = validator("syrinx:api#/$defs/ConfigRejection");

  test("returns the rejections of some versions, newest first, and deletes the oldest", () => {
    const { rejections } = openJournal(":memory:");
    rejections.keep = 3;
    const written = (base: number) => ({
      at: "2026-01-01T00:00:00.000Z",
      base,
      cause: "patch" as const,
      source: "overrides",
      actor: "ann",
      outcome: "failed" as const,
      problems: [{ pointer: "/a", message: `no ${base}` }],
    });
    for (let base = 1; base <= 5; base++) rejections.write(written(base));
    expect(rejections.between(0, 9).map(({ base }) => base)).toEqual([5, 4, 3]);
    const [one] = rejections.between(4, 4);
    expect(one).toEqual({ id: 4, ...written(4) });
    expect(isRejection(one)).toBe(true);
  });
});

describe("the journal of changes over the API", () => {
  test("is empty at first, and then has the last write, also when it is opened again", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    const first = openJournal(path);
    expect(first.apiChanges.read()).toEqual({});
    first.apiChanges.write({ overrides: { log: { level: "warn" } } }, "refuse");
    const last = { unconfirmed: { actor: "ann", before: { overrides: { log: null } } } };
    first.apiChanges.write(last, "refuse");
    first.close();
    const second = openJournal(path);
    expect(second.apiChanges.read()).toEqual(last);
    second.close();
  });

  test("refuses a change if the disk is not writable, or keeps it and writes it later", () => {
    const database = openDatabase(":memory:");
    const clock = new HandClock();
    const writer = new JournalWriter(database, { clock });
    const apiChanges = new ApiChangesRecord(database, writer);
    apiChanges.write({ overrides: { a: 1 } }, "refuse");
    database.run("PRAGMA query_only = 1");
    const refused = () => apiChanges.write({ overrides: { a: 2 } }, "refuse");
    expect(refused).toThrow(expect.objectContaining({ code: "journal-unwritable" }));
    apiChanges.write({ overrides: { a: 3 } }, "keep");
    expect(apiChanges.read()).toEqual({ overrides: { a: 1 } });
    database.run("PRAGMA query_only = 0");
    clock.pass(1_000);
    expect(apiChanges.read()).toEqual({ overrides: { a: 3 } });
  });
});
