/** JSON pointer (RFC 6901) to [line, column], both from 1, the column in UTF-16 code units. */
export type Places = Record<string, [line: number, column: number]>;

export interface Parsed {
  /** Anything that JSON can hold. */
  readonly value: unknown;
  readonly places: Places;
}

/** What is wrong with a text, and where: line and column from 1. */
export class ParseFailure extends Error {
  override readonly name = "ParseFailure";

  constructor(
    message: string,
    readonly place?: readonly [line: number, column: number],
  ) {
    super(message);
  }
}

/** @returns `parent` with one more reference token, escaped (RFC 6901 §3). */
export function child(parent: string, token: string | number): string {
  return `${parent}/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
