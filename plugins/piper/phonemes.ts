/**
 * Text to the phonemes that a Piper voice was trained on, sentence by sentence.
 *
 * @module
 */
import { type Clause, splitClauses } from "./clauses.ts";
import type { PhonemeCache } from "./phoneme-cache.ts";
import type { PhonemeSentence } from "./phoneme-sentence.ts";

export type Phonemizer = (text: string) => readonly PhonemeSentence[];

/** Gives IPA, one string a clause, without punctuation. */
export interface ClauseSource {
  clauses(text: string): string[];
}

/** Words of another language stand between flags, e.g. `(en)computer(de)`. */
const LANGUAGE_FLAG = /\([^)]+\)/g;
const MARKS_BEFORE_SPACE = new Set([",", ":", ";"]);

/** @returns a phonemizer that does as Piper does with espeak-ng; texts that `cache` holds cost nothing */
export function espeakPhonemizer(espeak: ClauseSource, cache: PhonemeCache): Phonemizer {
  return (text) => {
    const known = cache.get(text);
    if (known) return known;
    const clauses = splitClauses(text);
    const sentences = toSentences(clauses, clauseIpa(espeak, text, clauses));
    cache.set(text, sentences);
    return sentences;
  };
}

/** @returns a phonemizer for voices of phoneme type `text`: the code points of the text itself, decomposed */
export function textPhonemizer(): Phonemizer {
  return (text) => (text.trim() === "" ? [] : [{ phonemes: text.normalize("NFD"), isWhole: true }]);
}

function clauseIpa(espeak: ClauseSource, text: string, clauses: readonly Clause[]): string[] {
  const ipa = espeak.clauses(text);
  if (ipa.length === clauses.length) return ipa;
  // The two do not agree on where clauses end: asked for each alone, no word is lost and every mark is in its place.
  return clauses.map((clause) => espeak.clauses(clause.text).join(" "));
}

function toSentences(clauses: readonly Clause[], ipa: readonly string[]): PhonemeSentence[] {
  const sentences: PhonemeSentence[] = [];
  let phonemes = "";
  const end = (isWhole: boolean) => {
    if (phonemes.trim() !== "") sentences.push({ phonemes: phonemes.normalize("NFD"), isWhole });
    phonemes = "";
  };
  clauses.forEach(({ mark, endsSentence }, index) => {
    phonemes += ipa[index]!.replace(LANGUAGE_FLAG, "") + mark;
    if (MARKS_BEFORE_SPACE.has(mark)) phonemes += " ";
    if (endsSentence) end(true);
  });
  end(false);
  return sentences;
}
