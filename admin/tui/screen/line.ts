/**
 * Text as the panes make it: lines of spans that say what they mean. The terminal decides how that looks.
 *
 * @module
 */

/** What a span means. The text says the same, because a terminal may have no colours. */
export type Tone =
  | "plain"
  | "dim"
  | "strong"
  /** All is well. */
  | "good"
  /** Something is under way, or wants attention. */
  | "warn"
  | "bad"
  /** Names of things, and what is chosen. */
  | "accent"
  /** Shares of a bar, to tell neighbours apart. */
  | "share-a"
  | "share-b"
  | "share-c"
  /** The cursor's line, and the field that is typed in. */
  | "selected";

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** A plain string is a span of tone plain. */
export type Part = string | Span;
export type Line = readonly Part[];

/** @returns a span */
export function tone(tone: Tone, text: string): Span {
  return { text, tone };
}

/** @returns the line with every part in one tone, but for those that have their own */
export function lineIn(whole: Tone, line: Line): Line {
  return line.map((part) => (typeof part === "string" ? tone(whole, part) : part));
}

export function spanOf(part: Part): Span {
  return typeof part === "string" ? { text: part, tone: "plain" } : part;
}

/** @returns the text of a line, without tones */
export function textOf(line: Line): string {
  return line.map((part) => spanOf(part).text).join("");
}
