import { Database } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { SyrinxError } from "../errors.ts";

/** Of two that ask at once one gets it, as each lets go of what it has for another try, in ms. */
const PATIENCE_MS = 250;

/**
 * Takes the one place there is for a writer of a journal. The kernel gives it back when the process ends, however it ends: the
 * lock is one of SQLite's on a file of its own, so that others may still read the journal.
 *
 * @param path of the journal
 * @returns what gives the place back
 * @throws SyrinxError journal-in-use, or journal-unwritable if no file can be made there
 */
export function lockJournal(path: string): () => void {
  const database = open(path);
  try {
    database.run(`PRAGMA busy_timeout = ${PATIENCE_MS}`);
    database.run("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    // Whatever else keeps the file from being locked, such as a disk that is full, is no second engine.
    if (!(cause instanceof Error && "code" in cause && cause.code === "SQLITE_BUSY")) return () => {};
    throw new SyrinxError(
      "journal-in-use",
      `Cannot use ${dirname(path)} as another engine does: stop that one, or start this one with another --home`,
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
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SyrinxError(
      "journal-unwritable",
      `Cannot keep anything in ${dirname(path)}: ${why}. Let it be written to, or start with another --home`,
      { cause },
    );
  }
}
