/**
 * Turns text into the phonemes of a Piper voice, sentence by sentence.
 *
 * @module
 */
import { type Clause, splitClauses } from "./clauses.ts";
import type { PhonemeCache } from "./phoneme-cache.ts";
import type { PhonemeSentence } from "./phoneme-sentence.ts";

export type Phonemizer = (text: string) => readonly PhonemeSentence[];

/** Returns IPA without punctuation, one string per clause. */
export interface ClauseSource {
  clauses(text: string): string[];
}

/** espeak-ng marks words of another language with flags, e.g. `(en)computer(de)`. */
const LANGUAGE_FLAG = /\([^)]+\)/g;
const MARKS_BEFORE_SPACE = new Set([",", ":", ";"]);

/** @returns a phonemizer that works like Piper with espeak-ng, and uses `cache` */
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
  // espeak-ng and our rules disagree about the clauses. Converting each clause alone loses no word, and puts every mark
  // in its place.
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
