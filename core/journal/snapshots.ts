/**
 * Snapshots: a config, the binding of each slot, and the state of the plugins.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { SnapshotRecord } from "../../schemas/generated/api.ts";
import { objectOf, RowReader } from "./row-reader.ts";
import type { JournalWriter } from "./writer.ts";

const TABLE = { table: "snapshots", key: "id" } as const;

interface SnapshotRow {
  id: string;
  is_asked: number;
  body: string;
}

export class SnapshotJournal {
  /** @param keep how many of the newest requested snapshots to keep, and how many automatic ones */
  constructor(
    private readonly database: Database,
    private readonly writer: JournalWriter,
    private readonly rows = new RowReader(database),
    public keep = 20,
  ) {}

  /**
   * Writes a snapshot, and deletes the oldest of its kind if there are too many.
   *
   * @throws SyrinxError journal-unwritable
   */
  write(snapshot: SnapshotRecord): void {
    const isAsked = snapshot.reason === "request" ? 1 : 0;
    const written = this.writer.write(() => {
      this.database
        .query("INSERT INTO snapshots (id, is_asked, body) VALUES ($id, $isAsked, $body)")
        .run({ id: snapshot.id, isAsked, body: JSON.stringify(snapshot) });
      this.database
        .query(
          `DELETE FROM snapshots WHERE is_asked = $isAsked AND id NOT IN
             (SELECT id FROM snapshots WHERE is_asked = $isAsked ORDER BY id DESC LIMIT $keep)`,
        )
        .run({ isAsked, keep: this.keep });
    });
    if (!written) throw this.writer.unwritable();
  }

  /** @returns undefined if there was no such snapshot, or it was deleted */
  get(id: string): SnapshotRecord | undefined {
    const row = this.database
      .query<SnapshotRow, { id: string }>("SELECT * FROM snapshots WHERE id = $id")
      .get({ id });
    return row ? this.rows.read(TABLE, row, snapshotOf) : undefined;
  }

  /** @returns all snapshots, newest first */
  all(): SnapshotRecord[] {
    const rows = this.database.query<SnapshotRow, []>("SELECT * FROM snapshots ORDER BY id DESC").all();
    return this.rows.readAll(TABLE, rows, snapshotOf);
  }
}

function snapshotOf({ body }: SnapshotRow): SnapshotRecord {
  return objectOf(body);
}
