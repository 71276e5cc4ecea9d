/**
 * Snapshots: a config, what filled each slot, and what the plugins knew.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { SnapshotRecord } from "../../schemas/generated/api.ts";
import type { JournalWriter } from "./writer.ts";

export class SnapshotJournal {
  /** @param keep how many of the newest are kept: of those that were asked for, and as many others */
  constructor(
    private readonly database: Database,
    private readonly writer: JournalWriter,
    public keep = 20,
  ) {}

  /**
   * Writes one down, and forgets the oldest of its kind if there are too many.
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

  /** @returns undefined: there was none of that id, or it is forgotten */
  get(id: string): SnapshotRecord | undefined {
    const row = this.database
      .query<{ body: string }, { id: string }>("SELECT body FROM snapshots WHERE id = $id")
      .get({ id });
    return row ? (JSON.parse(row.body) as SnapshotRecord) : undefined;
  }

  /** @returns the newest first */
  all(): SnapshotRecord[] {
    return this.database
      .query<{ body: string }, []>("SELECT body FROM snapshots ORDER BY id DESC")
      .all()
      .map(({ body }) => JSON.parse(body) as SnapshotRecord);
  }
}
