import { Database } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { SyrinxError } from "../errors.ts";
import { inWords } from "../system-errors.ts";

/**
 * How long to wait for the lock, in ms. If two engines start at once, each releases its lock to try again, so one of
 * them gets it.
 */
const PATIENCE_MS = 250;

/**
 * Takes the lock for the only writer of a journal. It is a lock of SQLite on a separate file, so that other processes
 * can still read the journal. The kernel releases it when the process ends, in any way.
 *
 * @param path of the journal
 * @returns a function that releases the lock
 * @throws SyrinxError journal-in-use, or journal-unwritable if the file cannot be created
 */
export function lockJournal(path: string): () => void {
  const database = open(path);
  try {
    database.run(`PRAGMA busy_timeout = ${PATIENCE_MS}`);
    database.run("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    // Another reason that prevents the lock, such as a full disk, does not mean that there is a second engine.
    if (!(cause instanceof Error && "code" in cause && cause.code === "SQLITE_BUSY")) return () => {};
    throw new SyrinxError(
      "journal-in-use",
      `Cannot use ${dirname(path)} because another engine uses it: stop that one, or start this one with another --home`,
      { cause },
    );
  }
  return () => database.close();
}

function open(path: string): Database {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return new Database(`${path}.lock`, { create: true });
  } catch (cause) {
    throw new SyrinxError(
      "journal-unwritable",
      `Cannot write to ${dirname(path)}: ${inWords(cause)}. Make it writable, or start with another --home`,
      { cause },
    );
  }
}
