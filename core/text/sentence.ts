/**
 * Finds the ends of sentences. `Intl.Segmenter` (Unicode UAX #29) does not know abbreviations and quotations; the rules
 * here undo its wrong breaks. If in doubt they join, because a sentence that is too long sounds better than a pause in
 * its middle.
 *
 * @module
 */

/** Abbreviations such as titles, which never end a sentence. */
const BEFORE_ANYTHING = words(`
  Dr Mr Mrs Ms Mx Prof Rev Hon Gov Sen Rep Gen Col Maj Capt Cpt Cmdr Lt Sgt Cpl Pvt Adm Supt Messrs Mt
  e.g i.e vs viz cf
  Hr Fr Frl bzw Mme Mlle MM Sra Srta Dra Ing Sig Sgr dott avv dhr mevr mw drs`);

/** Abbreviations that end no sentence before a number: "No. 5", "Jan. 3", "Fig. 2". */
const BEFORE_NUMBER = words(`
  no nos nr nº num p pp vol ch fig figs sec art par eq ver bd abb kap
  Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Okt Nov Dec Dez`);

/** Words that begin a new sentence after an initial or acronym: "in the U.S. It is", but "the U.S. Army". */
const STARTERS = words(`
  a after all also an and are as at because but by do does for from he her here his how i if in is it its let my no now
  of on or our she so that the their then there these they this those to was we what when where which who why you yes
  your`);

/** Languages in which a number with a full stop is an ordinal: "am 3. Mai". */
const ORDINAL_STOP = new Set("cs da de et fi fo hr hu is lb lv nb nn no sk sl sr".split(" "));

/** A longer sentence (in code units) is joined to nothing: segment.ts cuts it anyway. */
const MAX_JOIN = 400;

/** Closing marks, which belong to the sentence on their left. */
const CLOSING = /^[»«”’"')\]}]+(?=\s|$)/u;

/**
 * @param text one paragraph, white space already single spaces
 * @param language primary subtag of BCP 47, e.g. `en`
 * @yields its sentences, in order; together they are exactly `text`
 */
export function* sentences(text: string, language: string): Generator<string> {
  let sentence = "";
  for (const { segment } of segmenterFor(language).segment(text)) {
    let piece = segment;
    if (sentence !== "" && !goesOn(sentence, piece, language)) {
      const closing = sentence.endsWith(" ") ? (CLOSING.exec(piece)?.[0] ?? "") : "";
      // Intl.Segmenter gives a lone closing mark to the next sentence: « Ça va ? » Puis...
      const taken = closing === "" ? 0 : closing.length + (piece[closing.length] === " " ? 1 : 0);
      yield sentence + piece.slice(0, taken);
      sentence = "";
      piece = piece.slice(taken);
    }
    sentence += piece;
  }
  if (sentence !== "") yield sentence;
}

/** @returns whether `right` still belongs to the sentence `left` */
function goesOn(left: string, right: string, language: string): boolean {
  if (left.length > MAX_JOIN) return false;
  const token = left.slice(left.trimEnd().lastIndexOf(" ") + 1).trimEnd();
  // "https://example.com/?a=1" has no space after its question mark.
  if (!/\s$/u.test(left))
    return /[/@]|^www\./u.test(token) || (/[」』]$/u.test(left) && /^(?:と|って)/u.test(right));
  // "Is it?" he asked.
  if (/[?!]["”’»]$/u.test(token)) return /^\p{Ll}/u.test(right);
  if (!token.endsWith(".")) return false;
  // "1. First": the number of an item.
  if (token.length === left.trimEnd().length && /^[([]?(?:\p{Nd}{1,3}|\p{L})\.$/u.test(token)) return true;

  const word = token.replace(/^[^\p{L}\p{N}]+/u, "").slice(0, -1);
  const next = (/^[^\p{L}\p{N}]*([\p{L}\p{N}]+)/u.exec(right)?.[1] ?? "").toLowerCase();
  const lower = word.toLowerCase();
  if (BEFORE_ANYTHING.has(lower)) return true;
  if (BEFORE_NUMBER.has(lower) && /^\p{Nd}/u.test(next)) return true;
  if (ORDINAL_STOP.has(language) && /^\p{Nd}{1,2}$/u.test(word)) return true;
  // "J. R. R. Tolkien", "the U.S. Army", "z. B.", "St. John"; "so do I." is no initial.
  const initial = /^(?:\p{L}\.)*\p{L}$/u.test(word) && !(word === "I" && language === "en");
  return (initial || lower === "st") && !STARTERS.has(next);
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string): Intl.Segmenter {
  let segmenter = segmenters.get(language);
  if (!segmenter) {
    segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
    segmenters.set(language, segmenter);
  }
  return segmenter;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.toLowerCase().trim().split(/\s+/u));
}
