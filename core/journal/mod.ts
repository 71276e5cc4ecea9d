/**
 * The durable record of what the engine did.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import { SyrinxError } from "../errors.ts";
import { inWords } from "../system-errors.ts";
import { ApiChangesRecord } from "./api-changes.ts";
import { Checkpoints } from "./checkpoints.ts";
import { ConfigRejections } from "./config-rejections.ts";
import { ConfigVersions } from "./config-versions.ts";
import { openDatabase } from "./database.ts";
import { EventJournal } from "./events.ts";
import { lockJournal } from "./lock.ts";
import { MemoryHistoryJournal } from "./memory-history.ts";
import { RowReader, type Tell } from "./row-reader.ts";
import { SnapshotJournal } from "./snapshots.ts";
import { SwapJournal } from "./swaps.ts";
import { markClosed, markOpen, walDamage } from "./wal-check.ts";
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
  /** {@linkcode JournalWriter.ready} */
  ready(): Promise<void>;
  close(): void;
}

export interface JournalOptions extends Omit<WriterOptions, "wrote"> {
  /** Called for damage that is found: a row that is no JSON, a write-ahead log that is lost. */
  tell: Tell;
}

/**
 * @param path of the database file; `:memory:` for a journal that is not stored
 * @throws SyrinxError journal-in-use if another process has it open, journal-newer if a newer engine has written it, or
 *   journal-unwritable if it cannot be created
 */
export function openJournal(
  path: string,
  { tell = () => {}, ...options }: Partial<JournalOptions> = {},
): Journal {
  const isStored = path !== ":memory:";
  const unlock = isStored ? lockJournal(path) : () => {};
  const damage = isStored ? damageOf(path) : undefined;
  const database = openOrUnlock(path, unlock);
  if (damage) tell(damage);
  if (isStored) attempt(() => markOpen(path));
  const checkpoints = isStored ? new Checkpoints(path, tell) : undefined;
  const writer = new JournalWriter(database, { ...options, wrote: () => checkpoints?.count() });
  const rows = new RowReader(database, tell);
  return {
    swaps: new SwapJournal(database, writer, rows),
    events: new EventJournal(database, writer, rows),
    memoryHistory: new MemoryHistoryJournal(database, writer),
    configs: new ConfigVersions(database, writer, rows),
    rejections: new ConfigRejections(database, writer, rows),
    apiChanges: new ApiChangesRecord(database, writer, rows),
    snapshots: new SnapshotJournal(database, writer, rows),
    ready: () => writer.ready(),
    close() {
      writer.close();
      checkpoints?.close();
      database.close();
      if (isStored) attempt(() => markClosed(path));
      unlock();
    },
  };
}

/** @returns what is wrong with the write-ahead log, if it can be read */
function damageOf(path: string): string | undefined {
  try {
    return walDamage(path);
  } catch {
    // Then the journal itself cannot be opened either, and that is reported.
    return undefined;
  }
}

/** For the note that the journal is open: without it, a lost log is not noticed, and nothing else is wrong. */
function attempt(note: () => void): void {
  try {
    note();
  } catch {}
}

/** Releases the lock if the database cannot be opened. */
function openOrUnlock(path: string, unlock: () => void): Database {
  try {
    return openDatabase(path);
  } catch (cause) {
    unlock();
    if (cause instanceof SyrinxError) throw cause;
    throw new SyrinxError(
      "journal-unwritable",
      `Cannot open the journal ${path}: ${inWords(cause)}. Make it writable, or start with another --home`,
      { cause },
    );
  }
}
