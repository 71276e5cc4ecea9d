/**
 * The config candidates that were rejected.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { ConfigRejection } from "../../schemas/generated/api.ts";
import { KeptRecords } from "./kept-records.ts";
import { arrayOf, RowReader } from "./row-reader.ts";
import type { JournalWriter } from "./writer.ts";

/** How many rejections to keep in memory while the journal is not writable. */
const MAX_UNWRITTEN = 100;

interface RejectionRow {
  id: number;
  at: string;
  base: number;
  cause: ConfigRejection["cause"] | null;
  source: string | null;
  actor: string | null;
  outcome: ConfigRejection["outcome"];
  problems: string;
}

const TABLE = { table: "config_rejections", key: "id" } as const;

export class ConfigRejections {
  readonly #kept: KeptRecords<number, ConfigRejection>;

  /** @param keep how many of the newest rejections to keep */
  constructor(
    private readonly database: Database,
    writer: JournalWriter,
    private readonly rows = new RowReader(database),
    public keep = 100,
  ) {
    this.#kept = new KeptRecords(writer, (rejection) => this.#insert(rejection), MAX_UNWRITTEN);
  }

  /**
   * Writes a rejection, and deletes the oldest if there are too many. If the journal is not writable, the rejection is kept
   * in memory until it is.
   */
  write(rejection: Omit<ConfigRejection, "id">): void {
    const id = (this.#kept.all.at(-1)?.id ?? this.#lastWritten()) + 1;
    this.#kept.write(id, { ...rejection, id });
  }

  /** @returns the rejections from the time when a version from `first` to `last` was active, newest first, including those that could not be written yet */
  between(first: number, last: number): ConfigRejection[] {
    const rows = this.database
      .query<RejectionRow, { first: number; last: number }>(
        "SELECT * FROM config_rejections WHERE base BETWEEN $first AND $last ORDER BY id DESC",
      )
      .all({ first, last });
    const unwritten = this.#kept.all.filter(({ base }) => base >= first && base <= last);
    return [...unwritten.reverse(), ...this.rows.readAll(TABLE, rows, rejectionOf)];
  }

  /** @returns the highest id that was ever given; 0: none */
  #lastWritten(): number {
    const row = this.database
      .query<{ seq: number }, []>("SELECT seq FROM sqlite_sequence WHERE name = 'config_rejections'")
      .get();
    return row?.seq ?? 0;
  }

  #insert({ id, at, base, cause, source, actor, outcome, problems }: ConfigRejection): void {
    this.database
      .query(
        `INSERT INTO config_rejections (id, at, base, cause, source, actor, outcome, problems)
         VALUES ($id, $at, $base, $cause, $source, $actor, $outcome, $problems)`,
      )
      .run({
        id,
        at,
        base,
        cause: cause ?? null,
        source: source ?? null,
        actor: actor ?? null,
        outcome,
        problems: JSON.stringify(problems),
      });
    this.database.query("DELETE FROM config_rejections WHERE id <= $last").run({ last: id - this.keep });
  }
}

function rejectionOf({ cause, source, actor, problems, ...rest }: RejectionRow): ConfigRejection {
  return {
    ...rest,
    ...(cause !== null && { cause }),
    ...(source !== null && { source }),
    ...(actor !== null && { actor }),
    problems: arrayOf<ConfigRejection["problems"]>(problems),
  };
}
