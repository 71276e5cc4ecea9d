/**
 * Reads rows that hold JSON. A damaged disk, or a person with another program, may have left something else in them.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import { isObject } from "../json-pointer.ts";

/** Where damaged rows go. The table is made when the first one is found. */
const SET_ASIDE = `CREATE TABLE IF NOT EXISTS set_aside (
  at TEXT NOT NULL,
  source TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT`;

/** Tells the operator of damage. */
export type Tell = (message: string) => void;

/** A table with JSON, and the column that names its rows. */
export type JsonTable =
  | { readonly table: "swaps" | "snapshots" | "events" | "config_rejections"; readonly key: "id" }
  | { readonly table: "config_versions"; readonly key: "number" }
  | { readonly table: "api_changes"; readonly key: "one" };

export class RowReader {
  constructor(
    private readonly database: Database,
    private readonly tell: Tell = () => {},
  ) {}

  /**
   * @param parse reads the JSON of the row, and throws if it is none
   * @returns its result; undefined: the row was damaged. It is then in the table `set_aside`, and the operator is told
   */
  read<Row extends object, T>(from: JsonTable, row: Row, parse: (row: Row) => T): T | undefined {
    try {
      return parse(row);
    } catch (cause) {
      const id = (row as Record<string, unknown>)[from.key] as string | number;
      const why = cause instanceof Error ? cause.message : String(cause);
      this.#setAside(from, id, row);
      this.tell(`the journal's row ${id} of ${from.table} is damaged and was set aside: ${why}`);
      return undefined;
    }
  }

  /** @returns what `parse` gives for each row that is not damaged */
  readAll<Row extends object, T>(from: JsonTable, rows: readonly Row[], parse: (row: Row) => T): T[] {
    return rows.flatMap((row) => this.read(from, row, parse) ?? []);
  }

  #setAside({ table, key }: JsonTable, id: string | number, row: object): void {
    try {
      this.database
        .transaction(() => {
          this.database.run(SET_ASIDE);
          this.database
            .query("INSERT INTO set_aside (at, source, body) VALUES (datetime('now'), $table, $body)")
            .run({ table, body: JSON.stringify(row) });
          this.database.query(`DELETE FROM ${table} WHERE ${key} = $id`).run({ id });
        })
        .immediate();
    } catch {
      // A disk that is not writable. The row stays, and is skipped again at the next read.
    }
  }
}

/** @throws Error unless the text is a JSON object */
export function objectOf<T extends object>(text: string): T {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new Error("it holds no JSON object");
  return value as T;
}

/** @throws Error unless the text is a JSON array */
export function arrayOf<T extends readonly unknown[]>(text: string): T {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value)) throw new Error("it holds no JSON array");
  return value as unknown as T;
}
