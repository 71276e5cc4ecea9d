/**
 * A parsed document: its value, and the place of everything in it.
 *
 * @module
 */

import { MAX_DEPTH, tooDeep } from "../../json-limits.ts";

/** JSON pointer (RFC 6901) to [line, column], both from 1, the column in UTF-16 code units. */
export type Places = Record<string, [line: number, column: number]>;

export interface Parsed {
  /** Anything that JSON can hold. */
  readonly value: unknown;
  /** The place of a member is that of its key. */
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

/**
 * @param depth of an object or array, 1 at the top
 * @throws ParseFailure if that is too deep. Pointers repeat what is around them, so those of a deep document have no bound
 */
export function checkDepth(depth: number, place?: readonly [line: number, column: number]): void {
  if (depth > MAX_DEPTH) throw new ParseFailure(tooDeep(), place);
}

/** @returns `parent` with one more reference token, escaped (RFC 6901 §3) */
export function child(parent: string, token: string | number): string {
  return `${parent}/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/**
 * @returns `value` with plain objects, in which a key such as "__proto__" is an ordinary one
 * @throws ParseFailure for a value that JSON does not have. JSON would turn Infinity and NaN into null, and null in a config
 *   layer removes the key.
 */
export function jsonValue(value: unknown, places: Places, pointer = ""): unknown {
  if (Array.isArray(value)) return value.map((item, index) => jsonValue(item, places, child(pointer, index)));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, jsonValue(member, places, child(pointer, key))]),
    );
  }
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (Number.isFinite(value)) return value;
  throw new ParseFailure(
    `${String(value)} at ${pointer || "the top"} is no value that JSON knows`,
    places[pointer],
  );
}

/** Turns offsets in a text into lines and columns. */
export class TextPositions {
  readonly #lineStarts = [0];

  constructor(text: string) {
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1))
      this.#lineStarts.push(at + 1);
  }

  /** @returns line and column of an offset in UTF-16 code units, both from 1 */
  at(offset: number): [line: number, column: number] {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return [low + 1, offset - (this.#lineStarts[low] ?? 0) + 1];
  }
}
