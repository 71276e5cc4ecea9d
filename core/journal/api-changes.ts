/**
 * Changes of the config over the API (overrides and pin), stored for the next start.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { ConfigApiChanges } from "../../schemas/generated/api.ts";
import type { JournalWriter } from "./writer.ts";

export class ApiChangesRecord {
  /** Changes that could not be written yet. */
  #kept: ConfigApiChanges | undefined;

  constructor(
    private readonly database: Database,
    private readonly writer: JournalWriter,
  ) {
    writer.keeps(() => {
      if (this.#kept) this.write(this.#kept, "keep");
    });
  }

  /** @returns `{}` if there are none */
  read(): ConfigApiChanges {
    const row = this.database.query<{ body: string }, []>("SELECT body FROM api_changes").get();
    return row ? (JSON.parse(row.body) as ConfigApiChanges) : {};
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
    if (!written && whenUnwritable === "refuse") throw this.writer.unwritable();
    this.#kept = written ? undefined : apiChanges;
  }
}
