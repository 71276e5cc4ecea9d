/**
 * Changes of the config over the API (overrides and pin), stored for the next start.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { ConfigApiChanges } from "../../schemas/generated/api.ts";
import { objectOf, RowReader } from "./row-reader.ts";
import type { JournalWriter } from "./writer.ts";

const TABLE = { table: "api_changes", key: "one" } as const;

export class ApiChangesRecord {
  /** Changes that could not be written yet. */
  #kept: ConfigApiChanges | undefined;

  constructor(
    private readonly database: Database,
    private readonly writer: JournalWriter,
    private readonly rows = new RowReader(database),
  ) {
    writer.keeps(() => {
      if (this.#kept) this.write(this.#kept, "keep");
    });
  }

  /** @returns `{}` if there are none, or they were damaged */
  read(): ConfigApiChanges {
    const row = this.database.query<{ body: string }, []>("SELECT * FROM api_changes").get();
    return (row && this.rows.read(TABLE, row, ({ body }) => objectOf<ConfigApiChanges>(body))) ?? {};
  }

  /**
   * @param whenUnwritable keep: the changes are written as soon as the disk is writable again
   * @throws SyrinxError journal-unwritable with `refuse`; the journal then still has the previous changes
   */
  write(apiChanges: ConfigApiChanges, whenUnwritable: "refuse" | "keep"): void {
    const written = this.writer.write(() =>
      this.database
        .query("INSERT OR REPLACE INTO api_changes (one, body) VALUES (1, $body)")
        .run({ body: JSON.stringify(apiChanges) }),
    );
    if (!written && whenUnwritable === "refuse" && this.writer.refuses) throw this.writer.unwritable();
    this.#kept = written ? undefined : apiChanges;
  }
}
