/**
 * Cuts text into segments, which are spoken one by one. A segment is a sentence; the first may be a clause, so that
 * audio starts early.
 *
 * @module
 */
import { sentences } from "./sentence.ts";

/** Longest segment, in UTF-16 code units: about 25 s of speech. A segment is synthesised and cancelled as a whole. */
export const MAX_SEGMENT = 400;

/** A first sentence longer than `over` is cut after its first clause of at least `least` code units. */
const FIRST_CLAUSE = { over: 60, least: 20 };

/**
 * Scripts with about three times as much speech per character (Chinese, Japanese, Korean). Their limits are a third.
 */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The end of a clause: a mark and the space after it. Full-width marks need no space. */
const CLAUSE_END = /[,;:،؛]["'”’»)\]]*\s|\s[–—-]\s|—|[，、；：]/gu;

const SPEAKABLE = /[\p{L}\p{N}]/u;

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * Segments a text lazily. The first segment requires the text to be normalised (1.5 ms for 100,000 characters), and its
 * paragraph to be read up to the next sentence.
 *
 * @param text any string; see {@linkcode normalise}
 * @param options.language BCP 47 tag of the text. Absent or unknown: English
 * @yields segments of 1 to {@linkcode MAX_SEGMENT} code units, each with a letter or digit; none if there is nothing to
 *   speak. Apart from white space, they add up to the normalised text, except for marks that fit into no segment.
 */
export function* segments(text: string, options: { language?: string } = {}): Generator<string> {
  const language = primarySubtag(options.language);
  let first = true;
  for (const paragraph of normalise(text).split("\n\n")) {
    for (const piece of withWords(sentences(paragraph, language))) {
      const [clause, rest] = first ? splitFirstClause(piece) : [piece, ""];
      first = false;
      yield* withWords(cut(clause));
      if (rest !== "") yield* withWords(cut(rest));
    }
  }
}

/** {@linkcode segments}, all at once: about 10 ms for 100,000 characters. */
export function segmentText(text: string, options: { language?: string } = {}): string[] {
  return [...segments(text, options)];
}

/**
 * Prepares text for speech. Converts it to NFC. Replaces lone surrogates by U+FFFD. Removes control, zero-width and
 * direction characters, but not joiners, which some scripts need. Turns white space into one space, or into an empty
 * line at the end of a paragraph or list item.
 */
export function normalise(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|\u0085|\u2028/gu, "\n")
    .replace(/[^\P{Cc}\t\n\v\f]|[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, "")
    .normalize("NFC")
    .replace(/[^\S\n\u2029]+/gu, " ")
    .replace(/ ?(?:\u2029|\n ?\n|\n(?= ?(?:[-*•‣–—]|\p{Nd}{1,3}[.)]) ))[\s\u2029]*/gu, "\u2029")
    .replace(/ ?\n ?/gu, " ")
    .replace(/ ?\u2029 ?/gu, "\n\n")
    .trim();
}

/** Trims pieces. A piece without a letter or digit joins a neighbour if it fits, else it is left out. */
function* withWords(pieces: Iterable<string>): Generator<string> {
  let held = "";
  let marks = "";
  for (const piece of pieces) {
    if (!SPEAKABLE.test(piece)) {
      if (held !== "" && held.length + piece.length <= MAX_SEGMENT) held += piece;
      else if (marks.length + piece.length <= MAX_SEGMENT) marks += piece;
      continue;
    }
    if (held !== "") yield held.trim();
    held = marks.length + piece.length <= MAX_SEGMENT ? marks + piece : piece;
    marks = "";
  }
  if (held !== "") yield held.trim();
}

/** @returns the first clause and the rest of a long sentence; else the sentence and "" */
function splitFirstClause(sentence: string): [string, string] {
  const scale = DENSE.test(sentence) ? 3 : 1;
  if (sentence.length <= FIRST_CLAUSE.over / scale) return [sentence, ""];
  for (const { 0: mark, index } of sentence.matchAll(CLAUSE_END)) {
    const end = index + mark.length;
    if (end < FIRST_CLAUSE.least / scale) continue;
    if (!SPEAKABLE.test(sentence.slice(end))) break;
    return [sentence.slice(0, end), sentence.slice(end)];
  }
  return [sentence, ""];
}

/** Cuts a sentence that is too long for a segment: after a clause, else at a space, else between two graphemes. */
function* cut(sentence: string): Generator<string> {
  const limit = DENSE.test(sentence) ? Math.floor(MAX_SEGMENT / 3) : MAX_SEGMENT;
  let start = 0;
  while (sentence.length - start > limit) {
    const end = start + cutPoint(sentence.slice(start, start + limit + 1), limit);
    yield sentence.slice(start, end);
    start = end;
  }
  yield sentence.slice(start);
}

/** @returns where to cut `text`, from 1 to `limit`; never after a clause shorter than a quarter of `limit` */
function cutPoint(text: string, limit: number): number {
  let clause = 0;
  for (const { 0: mark, index } of text.matchAll(CLAUSE_END)) {
    if (index + mark.length <= limit) clause = index + mark.length;
  }
  if (clause >= limit / 4) return clause;
  const space = text.lastIndexOf(" ", limit);
  if (space > 0) return space;
  const grapheme = graphemes.segment(text).containing(limit)?.index ?? limit;
  if (grapheme > 0) return grapheme;
  // One very long grapheme (a letter with many accents): cut inside it, but never inside a surrogate pair.
  return (text.codePointAt(limit - 1) ?? 0) > 0xffff ? limit - 1 : limit;
}

function primarySubtag(language: string | undefined): string {
  const subtag = language?.split(/[-_]/u, 1)[0]?.toLowerCase() ?? "";
  return /^[a-z]{2,3}$/u.test(subtag) ? subtag : "en";
}
