import type { PiperConfig } from "./voice-config.ts";

const PAD = "_";
const START = "^";
const END = "$";

export interface PhonemeIds {
  readonly ids: BigInt64Array;
  /** Phonemes that the voice was not trained on, each once. They are skipped. */
  readonly unknown: readonly string[];
}

/**
 * @param phonemes one code point each, NFD
 * @returns `^ _ p1 _ p2 _ ... $` for the model's `input`; no ids if no phoneme has one
 */
export function toPhonemeIds(phonemes: string, config: PiperConfig): PhonemeIds {
  const ids: number[] = [];
  const unknown = new Set<string>();
  const pad = config.phonemeIds[PAD]!;
  for (const phoneme of phonemes) {
    for (const mapped of config.phonemeMap[phoneme] ?? [phoneme]) {
      const own = config.phonemeIds[mapped] ?? lowerCaseIds(mapped, config);
      if (own) ids.push(...own, ...pad);
      else unknown.add(mapped);
    }
  }
  const all =
    ids.length === 0 ? [] : [...config.phonemeIds[START]!, ...pad, ...ids, ...config.phonemeIds[END]!];
  return { ids: BigInt64Array.from(all, BigInt), unknown: [...unknown] };
}

/** Voices of phoneme type `text` are mostly trained on lower-case text. */
function lowerCaseIds(character: string, config: PiperConfig): readonly number[] | undefined {
  return config.phonemeType === "text" ? config.phonemeIds[character.toLowerCase()] : undefined;
}
