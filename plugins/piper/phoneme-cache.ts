import type { PhonemeSentence } from "./phoneme-sentence.ts";

/** The phonemes of the texts spoken last, forgotten in the order of their last use. */
export class PhonemeCache {
  readonly #entries = new Map<string, readonly PhonemeSentence[]>();
  readonly #capacity: number;

  /** @param capacity most texts to hold, at least 1; a sentence takes about 1 kB */
  constructor(capacity = 2_000) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(text: string): readonly PhonemeSentence[] | undefined {
    const entry = this.#entries.get(text);
    // A Map keeps the order of insertion, so the text that goes first is the one unused for longest.
    if (entry && this.#entries.delete(text)) this.#entries.set(text, entry);
    return entry;
  }

  set(text: string, sentences: readonly PhonemeSentence[]): void {
    this.#entries.delete(text);
    this.#entries.set(text, sentences);
    if (this.#entries.size <= this.#capacity) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }
}
