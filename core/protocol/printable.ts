/**
 * Makes text of plugins safe to show: in a terminal, a log or a header it must not be more than text.
 *
 * @module
 */

/** Control characters, line separators, marks that change the direction of text, and lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * @param most longest result, in UTF-16 code units
 * @returns the text on one line, without terminal sequences, cut with "…" where it is too long
 */
export function printable(text: string, most: number): string {
  // No more than a part of a huge text is looked at.
  const plain = Bun.stripANSI(text.slice(0, 4 * most))
    .replace(UNSAFE, " ")
    .trim();
  return plain.length <= most ? plain : `${plain.slice(0, most - 1).toWellFormed()}…`;
}
