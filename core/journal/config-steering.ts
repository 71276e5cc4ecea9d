/**
 * What was asked of the config over the API: overrides and pin, for the next start.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { ConfigSteering } from "../../schemas/generated/api.ts";
import type { JournalWriter } from "./writer.ts";

export class ConfigSteeringRecord {
  /** What the disk has not taken yet. */
  #kept: ConfigSteering | undefined;

  constructor(
    private readonly database: Database,
    private readonly writer: JournalWriter,
  ) {
    writer.keeps(() => {
      if (this.#kept) this.write(this.#kept, "keep");
    });
  }

  /** @returns `{}` if nothing was asked for yet */
  read(): ConfigSteering {
    const row = this.database.query<{ body: string }, []>("SELECT body FROM config_steering").get();
    return row ? (JSON.parse(row.body) as ConfigSteering) : {};
  }

  /**
   * @param whenUnwritable keep: it is written as soon as the disk takes it
   * @throws SyrinxError journal-unwritable with `refuse`: what was written before still holds
   */
  write(steering: ConfigSteering, whenUnwritable: "refuse" | "keep"): void {
    const written = this.writer.write(() =>
      this.database
        .query("INSERT OR REPLACE INTO config_steering (one, body) VALUES (1, $body)")
        .run({ body: JSON.stringify(steering) }),
    );
    if (!written && whenUnwritable === "refuse") throw this.writer.unwritable();
    this.#kept = written ? undefined : steering;
  }
}
