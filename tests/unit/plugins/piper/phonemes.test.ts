import { beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { splitClauses } from "../../../../plugins/piper/clauses.ts";
import { Espeak } from "../../../../plugins/piper/espeak.ts";
import { PhonemeCache } from "../../../../plugins/piper/phoneme-cache.ts";
import { espeakPhonemizer, type Phonemizer, textPhonemizer } from "../../../../plugins/piper/phonemes.ts";
import { FIXTURES } from "./support.ts";

interface Fixture {
  texts: { voice: string; text: string; sentences: string[]; marks: [string, boolean][] }[];
}

const { texts } = (await Bun.file(join(FIXTURES, "phonemes.json")).json()) as Fixture;
let english: Phonemizer;

beforeAll(async () => {
  english = espeakPhonemizer(await Espeak.load("en-us"), new PhonemeCache("en-us"));
});

test("clauses end where Piper's espeak-ng ends them, with the same marks", () => {
  for (const { text, marks } of texts) {
    expect({ text, marks: splitClauses(text).map((clause) => [clause.mark, clause.endsSentence]) }).toEqual({
      text,
      marks,
    });
  }
});

test("English phonemes are Piper's, but for the glide that this espeak-ng does not write", () => {
  for (const { text, sentences } of texts.filter(({ voice }) => voice === "en-us")) {
    const ours = english(text).map(({ phonemes }) => phonemes.trimEnd());
    const theirs = sentences
      .map((sentence) => sentence.replaceAll("ʲ", "").trimEnd())
      .filter((sentence) => /\p{L}/u.test(sentence));
    expect({ text, ours }).toEqual({ text, ours: theirs });
  }
});

test("at least four texts in five of other languages have Piper's phonemes", async () => {
  const others = texts.filter(({ voice }) => voice !== "en-us");
  let same = 0;
  for (const { voice, text, sentences } of others) {
    const phonemizer = espeakPhonemizer(await Espeak.load(voice), new PhonemeCache("en-us"));
    const ours = phonemizer(text).map(({ phonemes }) => phonemes);
    if (Bun.deepEquals(ours.map(withoutGlide), sentences.map(withoutGlide))) same++;
  }
  expect(others.length).toBeGreaterThan(35);
  expect(same / others.length).toBeGreaterThan(0.8);
});

test("numbers and abbreviations are not cut", () => {
  expect(splitClauses("Pay $1,000.50 by 10:30 e.g. today.").length).toBe(1);
});

test("a text that espeak-ng divides differently is spoken completely, clause by clause", () => {
  const source = { clauses: (text: string) => text.split(/[ .]+/).filter(Boolean) };
  const [first, second] = espeakPhonemizer(source, new PhonemeCache("en-us"))("one two. Three four.");
  expect([first?.phonemes, second?.phonemes]).toEqual(["one two.", "Three four."]);
});

test("no text is lost or added between clauses", () => {
  const words = fc.constantFrom(
    "go",
    "Dr",
    "3",
    "e",
    "The",
    " ",
    ". ",
    ", ",
    "? ",
    "...",
    "\n",
    "\n\n",
    ".",
    '"',
    "—",
    "。",
    "😀",
  );
  fc.assert(
    fc.property(fc.array(words), (parts) => {
      const text = parts.join("");
      expect(
        splitClauses(text)
          .map((clause) => clause.text)
          .join(""),
      ).toBe(text);
    }),
  );
});

test("a voice of phoneme type text is given the text's own code points, decomposed", () => {
  expect(textPhonemizer()("Ré.")).toEqual([{ phonemes: "Re\u0301.", isWhole: true }]);
});

test("an unknown espeak-ng voice is refused by name", async () => {
  await expect(Espeak.load("tlh")).rejects.toThrow('"tlh"');
});

test("the cache drops the least recently used text", () => {
  const cache = new PhonemeCache("en-us", 2);
  for (const text of ["a", "b"]) cache.set(text, []);
  cache.get("a");
  cache.set("c", []);
  expect(["a", "b", "c"].map((text) => cache.get(text) !== undefined)).toEqual([true, false, true]);
  expect(cache.size).toBe(2);
});

const withoutGlide = (phonemes: string) => phonemes.replaceAll("ʲ", "");
