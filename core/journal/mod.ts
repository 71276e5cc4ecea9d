/**
 * The durable record of what the engine did.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import { SyrinxError } from "../errors.ts";
import { ApiChangesRecord } from "./api-changes.ts";
import { ConfigRejections } from "./config-rejections.ts";
import { ConfigVersions } from "./config-versions.ts";
import { openDatabase } from "./database.ts";
import { EventJournal } from "./events.ts";
import { lockJournal } from "./lock.ts";
import { MemoryHistoryJournal } from "./memory-history.ts";
import { SnapshotJournal } from "./snapshots.ts";
import { SwapJournal } from "./swaps.ts";
import { JournalWriter, type WriterOptions } from "./writer.ts";

export { ApiChangesRecord } from "./api-changes.ts";
export { ConfigRejections } from "./config-rejections.ts";
export { ConfigVersions } from "./config-versions.ts";
export { type EventBody, EventJournal, type Report } from "./events.ts";
export { MemoryHistoryJournal } from "./memory-history.ts";
export { SnapshotJournal } from "./snapshots.ts";
export { SwapJournal, type SwapQuery } from "./swaps.ts";

export interface Journal {
  readonly swaps: SwapJournal;
  readonly events: EventJournal;
  readonly memoryHistory: MemoryHistoryJournal;
  readonly configs: ConfigVersions;
  readonly rejections: ConfigRejections;
  readonly apiChanges: ApiChangesRecord;
  readonly snapshots: SnapshotJournal;
  close(): void;
}

/**
 * @param path of the database file; `:memory:` for a journal that is not stored
 * @throws SyrinxError journal-in-use if another process has it open, or journal-unwritable if it cannot be created
 */
export function openJournal(path: string, options: Partial<WriterOptions> = {}): Journal {
  const unlock = path === ":memory:" ? () => {} : lockJournal(path);
  const database = openOrUnlock(path, unlock);
  const writer = new JournalWriter(database, options);
  return {
    swaps: new SwapJournal(database, writer),
    events: new EventJournal(database, writer),
    memoryHistory: new MemoryHistoryJournal(database),
    configs: new ConfigVersions(database),
    rejections: new ConfigRejections(database),
    apiChanges: new ApiChangesRecord(database, writer),
    snapshots: new SnapshotJournal(database, writer),
    close() {
      writer.close();
      database.close();
      unlock();
    },
  };
}

/** Releases the lock if the database cannot be opened. */
function openOrUnlock(path: string, unlock: () => void): Database {
  try {
    return openDatabase(path);
  } catch (cause) {
    unlock();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SyrinxError(
      "journal-unwritable",
      `Cannot open the journal ${path}: ${why}. Make it writable, or start with another --home`,
      { cause },
    );
  }
}
