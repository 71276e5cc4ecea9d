/**
 * What was asked of the config over the API: overrides and pin, for the next start.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { ConfigApiChanges } from "../../schemas/generated/api.ts";
import type { JournalWriter } from "./writer.ts";

export class ApiChangesRecord {
  /** What the disk has not taken yet. */
  #kept: ConfigApiChanges | undefined;

  constructor(
    private readonly database: Database,
    private readonly writer: JournalWriter,
  ) {
    writer.keeps(() => {
      if (this.#kept) this.write(this.#kept, "keep");
    });
  }

  /** @returns `{}` if nothing was asked for yet */
  read(): ConfigApiChanges {
    const row = this.database.query<{ body: string }, []>("SELECT body FROM config_steering").get();
    return row ? (JSON.parse(row.body) as ConfigApiChanges) : {};
  }

  /**
   * @param whenUnwritable keep: it is written as soon as the disk takes it
   * @throws SyrinxError journal-unwritable with `refuse`: what was written before still holds
   */
  write(apiChanges: ConfigApiChanges, whenUnwritable: "refuse" | "keep"): void {
    const written = this.writer.write(() =>
      this.database
        .query("INSERT OR REPLACE INTO config_steering (one, body) VALUES (1, $body)")
        .run({ body: JSON.stringify(apiChanges) }),
    );
    if (!written && whenUnwritable === "refuse") throw this.writer.unwritable();
    this.#kept = written ? undefined : apiChanges;
  }
}
