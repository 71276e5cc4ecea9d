/**
 * What is known of a slot's voice, loaded or not.
 *
 * @module
 */
import type { LoadResult } from "../../schemas/generated/hooks.ts";
import { type Binding, bindingId } from "./binding.ts";

/** What a voice said of itself when it was loaded. */
export interface LoadedVoice {
  loaded: LoadResult;
  /** e.g. `piper@1.0.0+en_US-slt-tiny@1.0.0` */
  release: string;
}

export interface KnownVoice {
  /** Of the binding that serves, or will. */
  release: string;
  /** Undefined: not known before it is loaded. */
  speakers: LoadResult["speakers"] | undefined;
  /** BCP 47; `und` if it is not known. */
  language: string;
  /** Hz; undefined: not known before it is loaded. */
  sampleRate: number | undefined;
}

/**
 * Pure.
 *
 * @param binding that serves, or will when it is loaded
 * @param last what the voice of the slot said that was loaded last: counts if it was of the same releases. A model's
 *   manifest may name its speakers as well, and has its language.
 */
export function knownVoice(binding: Binding, last: LoadedVoice | undefined): KnownVoice {
  const release = bindingId(binding);
  const loaded = last?.release === release ? last.loaded : undefined;
  const { speakers: names, languages = [] } = binding.model?.manifest ?? {};
  const [language = "und"] = languages;
  const named = names?.map((id) => ({ id, language }));
  return {
    release,
    speakers: loaded?.speakers ?? named,
    language: loaded?.speakers[0]?.language ?? language,
    sampleRate: loaded?.sampleRate,
  };
}
