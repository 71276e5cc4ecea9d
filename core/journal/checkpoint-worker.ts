/**
 * The thread of one checkpoint: gets the path of the journal, and answers when the checkpoint is made.
 *
 * @module
 */
import { Database } from "bun:sqlite";
import type { CheckpointAnswer } from "./checkpoints.ts";

declare const self: Worker;

/** How long to wait for the lock of a short transaction of the engine, in ms. */
const PATIENCE_MS = 1_000;
/** A log that has grown beyond this is cut when it begins anew, in bytes. */
const MAX_LOG_BYTES = 16 * 1024 * 1024;

self.onmessage = ({ data: path }: MessageEvent<string>) => {
  postMessage({ failure: checkpoint(path) } satisfies CheckpointAnswer);
};

/** @returns why it failed; undefined: it did not */
function checkpoint(path: string): string | undefined {
  try {
    const database = new Database(path, { readwrite: true });
    try {
      database.run(`PRAGMA busy_timeout = ${PATIENCE_MS}`);
      database.run("PRAGMA synchronous = NORMAL");
      database.run(`PRAGMA journal_size_limit = ${MAX_LOG_BYTES}`);
      // PASSIVE keeps no writer waiting.
      database.run("PRAGMA wal_checkpoint(PASSIVE)");
      beginLogAnew(database);
    } finally {
      database.close();
    }
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** The first write after a checkpoint begins the log anew, and waits for an fsync of its header. So it is made here. */
function beginLogAnew(database: Database): void {
  const { user_version } = database.query("PRAGMA user_version").get() as { user_version: number };
  database.run(`PRAGMA user_version = ${user_version}`);
}
