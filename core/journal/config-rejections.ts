/**
 * The config candidates that were rejected.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { ConfigRejection } from "../../schemas/generated/api.ts";
import { arrayOf, RowReader } from "./row-reader.ts";

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
  /** @param keep how many of the newest rejections to keep */
  constructor(
    private readonly database: Database,
    private readonly rows = new RowReader(database),
    public keep = 100,
  ) {}

  /** Writes a rejection, and deletes the oldest if there are too many. */
  write({ at, base, cause, source, actor, outcome, problems }: Omit<ConfigRejection, "id">): void {
    this.database
      .transaction(() => {
        const { lastInsertRowid } = this.database
          .query(
            `INSERT INTO config_rejections (at, base, cause, source, actor, outcome, problems)
             VALUES ($at, $base, $cause, $source, $actor, $outcome, $problems)`,
          )
          .run({
            at,
            base,
            cause: cause ?? null,
            source: source ?? null,
            actor: actor ?? null,
            outcome,
            problems: JSON.stringify(problems),
          });
        this.database
          .query("DELETE FROM config_rejections WHERE id <= $last")
          .run({ last: Number(lastInsertRowid) - this.keep });
      })
      .immediate();
  }

  /** @returns the rejections from the time when a version from `first` to `last` was active, newest first */
  between(first: number, last: number): ConfigRejection[] {
    const rows = this.database
      .query<RejectionRow, { first: number; last: number }>(
        "SELECT * FROM config_rejections WHERE base BETWEEN $first AND $last ORDER BY id DESC",
      )
      .all({ first, last });
    return this.rows.readAll(TABLE, rows, rejectionOf);
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
