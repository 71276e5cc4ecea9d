import { describe, expect, test } from "bun:test";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { ConfigVersions } from "../../../../core/journal/config-versions.ts";
import { openDatabase } from "../../../../core/journal/database.ts";
import { openJournal } from "../../../../core/journal/mod.ts";
import { validator } from "../../../../core/schema.ts";
import type { ConfigVersion } from "../../../../schemas/generated/api.ts";
import { temporaryFolder } from "../host/folder.ts";

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
  test("gives the newest back as it was written, in the shape of the API, also when it is opened again", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    const first = openJournal(path);
    expect(first.configs.newest()).toBeUndefined();
    const written = version(2, { source: "file", actor: "ann" });
    for (const one of [version(1, { layers: [] }), written]) first.configs.write(one);
    first.close();
    const second = openJournal(path);
    const read = second.configs.newest();
    expect(read).toEqual(written);
    expect([isVersion(read), isVersion(version(1))]).toEqual([true, true]);
    second.close();
  });

  test("keeps the newest alone, and of one number the last word", () => {
    const database = openDatabase(":memory:");
    const versions = new ConfigVersions(database, 3);
    for (let number = 1; number <= 10; number++) versions.write(version(number));
    versions.write(version(10, { layers: [] }));
    expect(database.query("SELECT number FROM config_versions").values()).toEqual([[8], [9], [10]]);
    expect(versions.newest()).toEqual(version(10, { layers: [] }));
  });

  test("lets nobody else on the machine read what is in the config, also where others could before", async () => {
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
