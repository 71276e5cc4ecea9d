/**
 * What is known about a slot's voice, whether it is loaded or not.
 *
 * @module
 */
import type { LoadResult } from "../../schemas/generated/hooks.ts";
import { type Binding, bindingId } from "./binding.ts";

/** What a voice answered to `load`. */
export interface LoadedVoice {
  loaded: LoadResult;
  /** e.g. `piper@1.0.0+en_US-slt-tiny@1.0.0` */
  release: string;
}

export interface KnownVoice {
  /** The releases of the binding that serves, or will serve once it is loaded. */
  release: string;
  /** Undefined: not known until it is loaded. */
  speakers: LoadResult["speakers"] | undefined;
  /** BCP 47; `und` if it is not known. */
  language: string;
  /** Hz; undefined: not known until it is loaded. */
  sampleRate: number | undefined;
}

/**
 * Combines what the voice said with what the manifest of its model says. Pure.
 *
 * @param binding the one that serves, or will serve once it is loaded
 * @param last what the last voice of the slot that was loaded said; it counts if its releases are those of `binding`
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
