/**
 * Fits text to cells of a terminal. A cell is the room of a Latin letter; Chinese, Japanese and Korean characters take two.
 *
 * @module
 */
import { type Line, type Span, spanOf } from "./line.ts";

const ASCII = /^[\x20-\x7e]*$/;
const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** Terminals disagree on the width of these, and blessed does not know them. One of them would shift the rest of the line. */
const UNSURE = /\p{Emoji_Presentation}|\p{Regional_Indicator}|\uFE0F|\u200D|\p{Co}|\p{Cn}/u;
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** Stands for a character that cannot be shown. */
const UNSHOWN = "?";
/** Cells of the widest character: text cannot be broken into less. */
const WIDE = 2;

/** @returns the text as one line that every terminal gives the same width: no control characters, no emoji */
export function printable(text: string): string {
  if (ASCII.test(text)) return text;
  return graphemes(
    text
      .normalize("NFC")
      .replace(/[\t\r\n]+/g, " ")
      .replace(CONTROL, keepJoiner),
  )
    .map((one) => (UNSURE.test(one) ? UNSHOWN : one))
    .join("");
}

/** A joiner shows that its neighbours are one character. */
function keepJoiner(character: string): string {
  return character === "\u200D" ? character : "";
}

/** @returns how many cells a text takes that is {@linkcode printable} */
export function cells(text: string): number {
  return ASCII.test(text) ? text.length : Bun.stringWidth(text);
}

export function lineCells(line: Line): number {
  return line.reduce((sum, part) => sum + cells(printable(spanOf(part).text)), 0);
}

/** @returns the text, cut with `more` at its end if it takes over `width` cells */
export function clip(text: string, width: number, more = "…"): string {
  const whole = printable(text);
  if (cells(whole) <= width) return whole;
  return width < cells(more) ? "" : taken(whole, width - cells(more)) + more;
}

/** As {@linkcode clip}, with `more` in the middle: a release begins with its name and ends with its version. */
export function clipMiddle(text: string, width: number, more = "…"): string {
  const whole = printable(text);
  const [total, mark] = [cells(whole), cells(more)];
  if (total <= width) return whole;
  const end = Math.floor((width - mark) / 2);
  if (end < 1) return clip(whole, width, more);
  // A wide character that is cut through is a space.
  return cutText(whole, 0, width - mark - end) + more + cutText(whole, total - end, total);
}

/** @returns the text in exactly `width` cells */
export function pad(text: string, width: number, align: "left" | "right" = "left", more = "…"): string {
  const clipped = clip(text, width, more);
  const space = " ".repeat(Math.max(0, width - cells(clipped)));
  return align === "left" ? clipped + space : space + clipped;
}

/** @returns the line in exactly `width` cells, cut or filled up */
export function fitLine(line: Line, width: number): Span[] {
  const cut = cutLine(line, 0, width);
  const space = width - lineCells(cut);
  return space > 0 ? [...cut, { text: " ".repeat(space), tone: "plain" }] : cut;
}

/**
 * @returns what of a line lies in the cells from `from` on and before `to`; a wide character that is cut through is a space
 */
export function cutLine(line: Line, from: number, to: number): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const part of line) {
    const { text, tone } = spanOf(part);
    const whole = printable(text);
    const width = cells(whole);
    const inside = cutText(whole, Math.max(0, from - at), Math.min(width, to - at));
    if (inside !== "") spans.push({ text: inside, tone });
    at += width;
    if (at >= to) break;
  }
  return spans;
}

/** @returns the lines with `box` laid over them, its upper left corner at (`top`, `left`) */
export function lay(lines: readonly Line[], box: readonly Line[], top: number, left: number): Line[] {
  return lines.map((line, row) => {
    const over = box[row - top];
    if (!over) return line;
    const width = lineCells(over);
    const before = fitLine(cutLine(line, 0, left), left);
    return [...before, ...over, ...cutLine(line, left + width, Infinity)];
  });
}

/** @returns the text as paragraphs of at most `width` cells, broken at spaces where there are any */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => wrapParagraph(printable(paragraph), Math.max(WIDE, width)));
}

/** As {@linkcode wrap}, for a line whose parts keep their tones. */
export function wrapLine(line: Line, width: number): Line[] {
  const [only] = line;
  if (line.length === 1 && only !== undefined) {
    const { text, tone } = spanOf(only);
    return wrap(text, width).map((one): Span[] => [{ text: one, tone }]);
  }
  // Rows are pieces of the text, with nothing but spaces between.
  let left = line.map((part) => printable(spanOf(part).text)).join("");
  let at = 0;
  return wrapParagraph(left, Math.max(WIDE, width)).map((row): Line => {
    const begin = left.indexOf(row);
    const from = at + cells(left.slice(0, begin));
    at = from + cells(row);
    left = left.slice(begin + row.length);
    return cutLine(line, from, at);
  });
}

function wrapParagraph(paragraph: string, width: number): string[] {
  const rows: string[] = [];
  let row = "";
  for (const word of paragraph.split(/(?<= )/)) {
    let rest = word;
    if (cells(row) + cells(rest.trimEnd()) <= width) {
      row += rest;
      continue;
    }
    // An indentation is no row of its own: it stays with a word that is broken, and goes from one that is not.
    if (row.trim() !== "") rows.push(row.trimEnd());
    else if (cells(row) < width && cells(rest.trimEnd()) > width) rest = row + rest;
    for (; cells(rest.trimEnd()) > width; rest = rest.slice(taken(rest, width).length)) {
      rows.push(taken(rest, width));
    }
    row = rest;
  }
  return [...rows, row.trimEnd()];
}

/** @returns the beginning of the text that takes at most `width` cells */
function taken(text: string, width: number): string {
  if (ASCII.test(text)) return text.slice(0, width);
  let result = "";
  let at = 0;
  for (const one of graphemes(text)) {
    at += cells(one);
    if (at > width) break;
    result += one;
  }
  return result;
}

function cutText(text: string, from: number, to: number): string {
  if (from >= to) return "";
  if (ASCII.test(text)) return text.slice(from, to);
  let result = "";
  let at = 0;
  for (const one of graphemes(text)) {
    const width = cells(one);
    if (at >= from && at + width <= to) result += one;
    // Half of a wide character is inside.
    else if (at < to && at + width > from) result += " ";
    at += width;
  }
  return result;
}

function graphemes(text: string): string[] {
  return [...GRAPHEMES.segment(text)].map(({ segment }) => segment);
}
