/**
 * The configs that were active: for the history, for a rollback, and for a start with the last good config.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { ConfigVersion } from "../../schemas/generated/api.ts";
import { KeptRecords } from "./kept-records.ts";
import { arrayOf, objectOf, RowReader } from "./row-reader.ts";
import type { JournalWriter } from "./writer.ts";

/** How many versions to keep in memory while the journal is not writable. */
const MAX_UNWRITTEN = 100;

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
  readonly #kept: KeptRecords<number, ConfigVersion>;

  /** @param keep how many of the newest versions to keep */
  constructor(
    private readonly database: Database,
    writer: JournalWriter,
    private readonly rows = new RowReader(database),
    public keep = 100,
  ) {
    this.#kept = new KeptRecords(writer, (version) => this.#insert(version), MAX_UNWRITTEN);
  }

  /**
   * Writes a version, replaces one of the same number, and deletes the oldest if there are too many. If the journal is not
   * writable, the version is kept in memory until it is.
   */
  write(version: ConfigVersion): void {
    this.#kept.write(version.number, version);
  }

  /** @returns the newest version that is not damaged; undefined: there is none */
  newest(): ConfigVersion | undefined {
    const numbers = this.database
      .query<{ number: number }, []>("SELECT number FROM config_versions ORDER BY number DESC")
      .all()
      .map(({ number }) => number);
    const unwritten = this.#kept.all.map(({ number }) => number);
    for (const number of [...unwritten, ...numbers].sort((a, b) => b - a)) {
      const version = this.get(number);
      if (version) return version;
    }
    return undefined;
  }

  /** @returns undefined if there was no such version, or it was deleted */
  get(number: number): ConfigVersion | undefined {
    const unwritten = this.#kept.get(number);
    if (unwritten) return unwritten;
    const row = this.database
      .query<VersionRow, { number: number }>("SELECT * FROM config_versions WHERE number = $number")
      .get({ number });
    return row ? this.rows.read(TABLE, row, versionOf) : undefined;
  }

  /**
   * @param before only versions of a lower number
   * @returns versions, newest first, including those that could not be written yet
   */
  page({ limit, before = Number.MAX_SAFE_INTEGER }: { limit: number; before?: number }): ConfigVersion[] {
    const rows = this.database
      .query<VersionRow, { limit: number; before: number }>(
        "SELECT * FROM config_versions WHERE number < $before ORDER BY number DESC LIMIT $limit",
      )
      .all({ limit, before })
      .filter(({ number }) => !this.#kept.get(number));
    const unwritten = this.#kept.all.filter(({ number }) => number < before);
    const written = this.rows.readAll(TABLE, rows, versionOf);
    return [...unwritten, ...written].sort((a, b) => b.number - a.number).slice(0, limit);
  }

  #insert(version: ConfigVersion): void {
    const { number, at, cause, source, actor, reason, outcome, rollbackTo, patch, document, layers } =
      version;
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
