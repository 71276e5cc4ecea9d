import { PluginError } from "syrinx/sdk";
import type { PhonemeSentence } from "./phoneme-sentence.ts";

/**
 * Largest state for the next release, in bytes of JSON. The engine allows 1 MiB. 2,000 sentences of 80 letters are 452
 * KiB.
 */
const SNAPSHOT_BYTES = 512 * 1024;

/**
 * The state that a new release takes over. Another format, or other phonemes for the same text, need another `version`.
 */
interface Snapshot {
  version: 1;
  /** espeak-ng's name of the language, e.g. `en-us`. Phonemes of another language are useless. */
  espeakVoice: string;
  /** Texts and their sentences, the most recently used last. */
  phonemes: [text: string, sentences: readonly PhonemeSentence[]][];
}

/** The phonemes of the most recent texts. The least recently used ones are dropped first. */
export class PhonemeCache {
  readonly #entries = new Map<string, readonly PhonemeSentence[]>();
  readonly #espeakVoice: string;
  readonly #capacity: number;

  /**
   * @param espeakVoice espeak-ng's name of the language
   * @param capacity maximum number of texts, at least 1; a sentence needs about 1 kB
   */
  constructor(espeakVoice: string, capacity = 2_000) {
    this.#espeakVoice = espeakVoice;
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(text: string): readonly PhonemeSentence[] | undefined {
    const entry = this.#entries.get(text);
    // A Map keeps the order of insertion, so the first text is the least recently used one.
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

  /** @returns the most recent texts, as many as fit into {@linkcode SNAPSHOT_BYTES} */
  snapshot(): Snapshot {
    const phonemes: Snapshot["phonemes"] = [];
    let bytes = 0;
    for (const entry of [...this.#entries].reverse()) {
      bytes += Buffer.byteLength(JSON.stringify(entry));
      if (bytes > SNAPSHOT_BYTES) break;
      phonemes.push(entry);
    }
    return { version: 1, espeakVoice: this.#espeakVoice, phonemes: phonemes.reverse() };
  }

  /**
   * Takes over a snapshot. Ignores one of another language.
   *
   * @throws PluginError `plugin-failed` if the format of `state` is unknown; nothing of it is then taken over
   */
  restore(state: unknown): void {
    if (!isSnapshot(state)) {
      const { version } = (state ?? {}) as { version?: unknown };
      throw new PluginError(
        "plugin-failed",
        version === 1
          ? "Cannot restore the phoneme cache because its entries are not texts with their phonemes"
          : `Cannot restore a phoneme cache of version ${JSON.stringify(version)} because this release knows version 1`,
      );
    }
    if (state.espeakVoice !== this.#espeakVoice) return;
    for (const [text, sentences] of state.phonemes) this.set(text, sentences);
  }
}

function isSnapshot(state: unknown): state is Snapshot {
  const { version, espeakVoice, phonemes } = (state ?? {}) as Partial<Record<keyof Snapshot, unknown>>;
  return (
    version === 1 && typeof espeakVoice === "string" && Array.isArray(phonemes) && phonemes.every(isEntry)
  );
}

function isEntry(entry: unknown): boolean {
  const [text, sentences] = (Array.isArray(entry) ? entry : []) as unknown[];
  return typeof text === "string" && Array.isArray(sentences) && sentences.every(isSentence);
}

function isSentence(sentence: unknown): boolean {
  const { phonemes, isWhole } = (sentence ?? {}) as Partial<PhonemeSentence>;
  return typeof phonemes === "string" && typeof isWhole === "boolean";
}
