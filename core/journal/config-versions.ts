/**
 * The configs that were active: for the history, for a rollback, and for a start with the last good config.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { ConfigVersion } from "../../schemas/generated/api.ts";
import { arrayOf, objectOf, RowReader } from "./row-reader.ts";

interface VersionRow {
  number: number;
  at: string;
  cause: ConfigVersion["cause"] | null;
  source: string | null;
  actor: string | null;
  reason: string | null;
  outcome: ConfigVersion["outcome"];
  rollback_to: number | null;
  patch: string | null;
  document: string | null;
  layers: string;
}

const TABLE = { table: "config_versions", key: "number" } as const;

export class ConfigVersions {
  /** @param keep how many of the newest versions to keep */
  constructor(
    private readonly database: Database,
    private readonly rows = new RowReader(database),
    public keep = 100,
  ) {}

  /** Writes a version, replaces one of the same number, and deletes the oldest if there are too many. */
  write(version: ConfigVersion): void {
    const { number, at, cause, source, actor, reason, outcome, rollbackTo, patch, document, layers } =
      version;
    this.database
      .transaction(() => {
        this.database
          .query(
            `INSERT OR REPLACE INTO config_versions
               (number, at, cause, source, actor, reason, outcome, rollback_to, patch, document, layers)
             VALUES
               ($number, $at, $cause, $source, $actor, $reason, $outcome, $rollbackTo, $patch, $document, $layers)`,
          )
          .run({
            number,
            at,
            cause: cause ?? null,
            source: source ?? null,
            actor: actor ?? null,
            reason: reason ?? null,
            outcome,
            rollbackTo: rollbackTo ?? null,
            patch: patch ? JSON.stringify(patch) : null,
            document: document ? JSON.stringify(document) : null,
            layers: JSON.stringify(layers),
          });
        this.database
          .query("DELETE FROM config_versions WHERE number <= $last")
          .run({ last: number - this.keep });
      })
      .immediate();
  }

  /** @returns the newest version that is not damaged; undefined: there is none */
  newest(): ConfigVersion | undefined {
    const numbers = this.database
      .query<{ number: number }, []>("SELECT number FROM config_versions ORDER BY number DESC")
      .all();
    for (const { number } of numbers) {
      const version = this.get(number);
      if (version) return version;
    }
    return undefined;
  }

  /** @returns undefined if there was no such version, or it was deleted */
  get(number: number): ConfigVersion | undefined {
    const row = this.database
      .query<VersionRow, { number: number }>("SELECT * FROM config_versions WHERE number = $number")
      .get({ number });
    return row ? this.rows.read(TABLE, row, versionOf) : undefined;
  }

  /**
   * @param before only versions of a lower number
   * @returns versions, newest first
   */
  page({ limit, before }: { limit: number; before?: number }): ConfigVersion[] {
    const rows = this.database
      .query<VersionRow, { limit: number; before: number }>(
        "SELECT * FROM config_versions WHERE number < $before ORDER BY number DESC LIMIT $limit",
      )
      .all({ limit, before: before ?? Number.MAX_SAFE_INTEGER });
    return this.rows.readAll(TABLE, rows, versionOf);
  }
}

function versionOf(row: VersionRow): ConfigVersion {
  const { number, at, cause, source, actor, reason, outcome, rollback_to, patch, document, layers } = row;
  return {
    number,
    at,
    ...(cause !== null && { cause }),
    ...(source !== null && { source }),
    ...(actor !== null && { actor }),
    ...(reason !== null && { reason }),
    outcome,
    ...(rollback_to !== null && { rollbackTo: rollback_to }),
    ...(patch !== null && { patch: arrayOf<NonNullable<ConfigVersion["patch"]>>(patch) }),
    ...(document !== null && { document: objectOf<NonNullable<ConfigVersion["document"]>>(document) }),
    layers: arrayOf<ConfigVersion["layers"]>(layers),
  };
}
