/**
 * The configs that were in force, so that a start can come back to the last good one.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { ConfigVersion } from "../../schemas/generated/api.ts";

/** How many of the newest versions are kept. */
const KEEP = 100;

interface VersionRow {
  number: number;
  at: string;
  source: string | null;
  actor: string | null;
  outcome: ConfigVersion["outcome"];
  layers: string;
}

export class ConfigVersions {
  /** @param keep how many of the newest versions are kept */
  constructor(
    private readonly database: Database,
    private readonly keep = KEEP,
  ) {}

  /** Writes a version down, in the place of one of the same number, and forgets the oldest if there are too many. */
  write({ number, at, source, actor, outcome, layers }: ConfigVersion): void {
    this.database
      .transaction(() => {
        this.database
          .query(
            `INSERT OR REPLACE INTO config_versions (number, at, source, actor, outcome, layers)
             VALUES ($number, $at, $source, $actor, $outcome, $layers)`,
          )
          .run({
            number,
            at,
            source: source ?? null,
            actor: actor ?? null,
            outcome,
            layers: JSON.stringify(layers),
          });
        this.database
          .query("DELETE FROM config_versions WHERE number <= $last")
          .run({ last: number - this.keep });
      })
      .immediate();
  }

  newest(): ConfigVersion | undefined {
    const row = this.database
      .query<VersionRow, []>("SELECT * FROM config_versions ORDER BY number DESC LIMIT 1")
      .get();
    if (!row) return undefined;
    const { source, actor, layers, ...rest } = row;
    return {
      ...rest,
      ...(source !== null && { source }),
      ...(actor !== null && { actor }),
      layers: JSON.parse(layers) as ConfigVersion["layers"],
    };
  }
}
