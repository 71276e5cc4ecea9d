/**
 * English texts that hardly ever repeat, so that no cache of phonemes serves one twice. The same seed gives the same
 * texts, so that both sides of a ratio speak the same.
 *
 * @module
 */
const WHO = [
  "The old captain",
  "My sister",
  "A tired gardener",
  "The night train",
  "Our youngest neighbour",
  "The committee",
  "Doctor Ames",
  "The lighthouse journal",
  "A small brown dog",
  "The engineer",
  "Nobody in the village",
  "The choir",
];
const DID = [
  "watched",
  "remembered",
  "carried",
  "painted",
  "forgot",
  "described",
  "found",
  "followed",
  "measured",
  "sold",
  "repaired",
  "waited for",
];
const WHAT = [
  "the narrow bridge",
  "a letter from home",
  "seven wooden boxes",
  "the morning paper",
  "an open window",
  "the last of the apples",
  "a map of the coast",
  "the broken clock",
  "two silver spoons",
  "the road to the harbour",
  "a song about the sea",
  "the empty theatre",
];
const WHEN = [
  "in the early light",
  "before the rain began",
  "on the third of March",
  "while the kettle boiled",
  "with great care",
  "for almost an hour",
  "without a word",
  "after the bells had rung",
  "in spite of the cold",
  "as the tide came in",
];
const LINKS = [", and", ", because", "; then", ", but", ", although"];

/** Yields texts of one short sentence, one long sentence, or two, about 4 s of speech each. */
export function* texts(seed: number): Generator<string, never> {
  const random = generator(seed);
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!;
  const clause = () => `${pick(WHO)} ${pick(DID)} ${pick(WHAT)} ${pick(WHEN)}`;
  const lower = (text: string) => text[0]!.toLowerCase() + text.slice(1);
  for (;;) {
    yield `${clause()}.`;
    yield `${clause()}${pick(LINKS)} ${lower(clause())}.`;
    yield `${clause()}. ${clause()}.`;
  }
}

/** Mulberry32, by T. Ettinger (public domain): 32 bits of state, good enough to shuffle words. @returns [0, 1) */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
