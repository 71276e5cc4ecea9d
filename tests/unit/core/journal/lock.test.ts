import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockJournal } from "../../../../core/journal/lock.ts";
import { openJournal } from "../../../../core/journal/mod.ts";
import { temporaryFolder } from "../releases/folder.ts";

/** Looks at the lock as an engine does that begins at the same moment, and lets go of it again. */
const LOOKING = `
  import { Database } from "bun:sqlite";
  const database = new Database(process.argv[1], { create: true });
  database.run("BEGIN");
  database.query("SELECT count(*) FROM sqlite_schema").get();
  console.log("looking");
  await Bun.sleep(100);
  database.close();
`;

describe("the one place for a writer of a journal", () => {
  test("is had by one, and by the next when that one gives it back", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    const unlock = lockJournal(path);
    expect(() => lockJournal(path)).toThrow(expect.objectContaining({ code: "journal-in-use" }));
    unlock();
    lockJournal(path)();
  });

  test("is had by one of two that ask at the same instant, and not refused to both", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    const command = [process.execPath, "-e", LOOKING, `${path}.lock`];
    await using other = Bun.spawn(command, { stdio: ["ignore", "pipe", "inherit"] });
    await other.stdout.getReader().read();
    lockJournal(path)();
    await other.exited;
  });

  test("is left to others by who cannot open the journal itself", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    mkdirSync(path);
    expect(() => openJournal(path)).toThrow(expect.objectContaining({ code: "journal-unwritable" }));
    lockJournal(path)();
  });

  test("cannot be had where nothing can be written, which is said with the folder and what to do", async () => {
    await using folder = await temporaryFolder();
    const home = join(folder.path, "home");
    writeFileSync(home, "");
    const message = expect.stringMatching(/Cannot write to .*home: .+ or start with another --home/);
    expect(() => lockJournal(join(home, "journal.sqlite"))).toThrow(
      expect.objectContaining({ code: "journal-unwritable", message }),
    );
  });
});
