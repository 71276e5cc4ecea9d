import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockJournal } from "../../../../core/journal/lock.ts";
import { openJournal } from "../../../../core/journal/mod.ts";
import { temporaryFolder } from "../releases/folder.ts";

/** Looks at the lock as an engine does that begins at the same moment, and releases it again. */
const LOOKING = `
  import { Database } from "bun:sqlite";
  const database = new Database(process.argv[1], { create: true });
  database.run("BEGIN");
  database.query("SELECT count(*) FROM sqlite_schema").get();
  console.log("looking");
  await Bun.sleep(100);
  database.close();
`;

describe("the lock for the only writer of a journal", () => {
  test("is held by one, and by the next after a release", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    const unlock = lockJournal(path);
    expect(() => lockJournal(path)).toThrow(expect.objectContaining({ code: "journal-in-use" }));
    unlock();
    lockJournal(path)();
  });

  test("goes to one of two that request it at the same time, and is not refused to both", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    const command = [process.execPath, "-e", LOOKING, `${path}.lock`];
    await using other = Bun.spawn(command, { stdio: ["ignore", "pipe", "inherit"] });
    await other.stdout.getReader().read();
    lockJournal(path)();
    await other.exited;
  });

  test("does not report a second engine if the lock file cannot be locked for another reason", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    writeFileSync(`${path}.lock`, "no database, whatever else it is ".repeat(64));
    lockJournal(path)();
    openJournal(path).close();
  });

  test("is released if the journal itself cannot be opened", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    mkdirSync(path);
    expect(() => openJournal(path)).toThrow(expect.objectContaining({ code: "journal-unwritable" }));
    lockJournal(path)();
  });

  test("cannot be taken if the folder is not writable, and the error names the folder and the fix", async () => {
    await using folder = await temporaryFolder();
    const home = join(folder.path, "home");
    writeFileSync(home, "");
    const message = expect.stringMatching(/Cannot write to .*home: .+ or start with another --home/);
    expect(() => lockJournal(join(home, "journal.sqlite"))).toThrow(
      expect.objectContaining({ code: "journal-unwritable", message }),
    );
  });
});
