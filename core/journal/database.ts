/**
 * The journal's database: opened, set up and migrated.
 *
 * @module
 */
import { Database } from "bun:sqlite";
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { SyrinxError } from "../errors.ts";

/** Each one brings the database from one version of its tables to the next. Append only: never change a released one. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE swaps (
     id TEXT PRIMARY KEY,
     slot TEXT NOT NULL,
     reason TEXT NOT NULL,
     from_binding TEXT,
     to_binding TEXT NOT NULL,
     generation INTEGER,
     stage TEXT NOT NULL,
     started_at TEXT NOT NULL,
     ended_at TEXT,
     error TEXT
   ) STRICT;
   CREATE INDEX swaps_by_slot ON swaps (slot, id);
   CREATE TABLE swap_stages (
     swap TEXT NOT NULL REFERENCES swaps (id) ON DELETE CASCADE,
     stage TEXT NOT NULL,
     at TEXT NOT NULL,
     elapsed_ms REAL NOT NULL,
     detail TEXT
   ) STRICT;
   CREATE INDEX stages_by_swap ON swap_stages (swap);`,
  `CREATE TABLE events (
     id INTEGER PRIMARY KEY,
     at TEXT NOT NULL,
     slot TEXT,
     body TEXT NOT NULL
   ) STRICT;
   CREATE INDEX events_by_slot ON events (slot, id);`,
  `ALTER TABLE swaps ADD COLUMN moved INTEGER;
   ALTER TABLE swaps ADD COLUMN strategy TEXT;`,
  `CREATE TABLE footprints (
     plugin TEXT NOT NULL,
     model TEXT NOT NULL,
     device TEXT NOT NULL,
     host_bytes INTEGER NOT NULL,
     gpu_bytes INTEGER,
     measured_at TEXT NOT NULL,
     PRIMARY KEY (plugin, model, device)
   ) STRICT;`,
  `CREATE TABLE config_versions (
     number INTEGER PRIMARY KEY,
     at TEXT NOT NULL,
     source TEXT,
     actor TEXT,
     outcome TEXT NOT NULL,
     layers TEXT NOT NULL
   ) STRICT;`,
  `ALTER TABLE config_versions ADD COLUMN cause TEXT;
   ALTER TABLE config_versions ADD COLUMN reason TEXT;
   ALTER TABLE config_versions ADD COLUMN rollback_to INTEGER;
   ALTER TABLE config_versions ADD COLUMN patch TEXT;
   ALTER TABLE config_versions ADD COLUMN document TEXT;
   CREATE TABLE config_rejections (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     at TEXT NOT NULL,
     base INTEGER NOT NULL,
     cause TEXT,
     source TEXT,
     actor TEXT,
     outcome TEXT NOT NULL,
     problems TEXT NOT NULL
   ) STRICT;
   CREATE INDEX rejections_by_base ON config_rejections (base, id);
   CREATE TABLE config_steering (
     one INTEGER PRIMARY KEY CHECK (one = 1),
     body TEXT NOT NULL
   ) STRICT;`,
  `CREATE TABLE snapshots (
     id TEXT PRIMARY KEY,
     is_asked INTEGER NOT NULL,
     body TEXT NOT NULL
   ) STRICT;`,
  `ALTER TABLE footprints RENAME TO memory_history;
   ALTER TABLE config_steering RENAME TO api_changes;`,
  "ALTER TABLE swaps ADD COLUMN config TEXT;",
  `ALTER TABLE swaps ADD COLUMN actor TEXT;
   ALTER TABLE swaps ADD COLUMN rolled_back_by TEXT;
   ALTER TABLE swaps ADD COLUMN canary TEXT;`,
];

/** How long the start waits for a lock, in ms. */
const START_PATIENCE_MS = 5_000;

/**
 * Opens the database so that nothing that runs on it waits: a lock of another process refuses a write at once.
 *
 * @param path of the file, made if it is not there; `:memory:` for one that is forgotten
 * @throws SyrinxError journal-newer; Error if the file cannot be opened
 */
export function openDatabase(path: string): Database {
  if (path !== ":memory:") {
    mkdirSync(dirname(path), { recursive: true });
    makePrivate(path);
  }
  const database = new Database(path, { create: true, strict: true });
  try {
    // Only the start may wait for another process that holds the lock.
    database.run(`PRAGMA busy_timeout = ${START_PATIENCE_MS}`);
    database.run("PRAGMA journal_mode = WAL");
    database.run("PRAGMA foreign_keys = ON");
    // With NORMAL, a transaction waits for no fsync. A checkpoint does, so another thread makes it (checkpoints.ts).
    database.run("PRAGMA synchronous = NORMAL");
    database.run("PRAGMA wal_autocheckpoint = 0");
    migrate(database);
    database.run("PRAGMA busy_timeout = 0");
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}

/** The file holds configs, and in them what no other user of the machine may read. */
function makePrivate(path: string): void {
  closeSync(openSync(path, "a", 0o600));
  // SQLite makes the files beside it with its mode. Those that a crash left behind may have an older mode.
  for (const file of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(file)) chmodSync(file, 0o600);
}

/** @throws SyrinxError journal-newer, and changes nothing then: the tables may mean something else by now */
function migrate(database: Database): void {
  const { user_version: version } = database.query("PRAGMA user_version").get() as { user_version: number };
  if (version > MIGRATIONS.length)
    throw new SyrinxError(
      "journal-newer",
      `Cannot use the journal ${database.filename} because a newer Syrinx has written it (its version is ${version}, and this one ` +
        `knows ${MIGRATIONS.length}): start the newer Syrinx again, or start this one with another --home`,
    );
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < version) continue;
    database
      .transaction(() => {
        database.run(sql);
        database.run(`PRAGMA user_version = ${index + 1}`);
      })
      .immediate();
  }
}
