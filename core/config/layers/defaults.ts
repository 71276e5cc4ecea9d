/**
 * The lowest layer of every config, and the one rule that belongs to it. Pure.
 *
 * @module
 */
import type { Config } from "../../../schemas/generated/config.ts";
import type { FullConfig } from "./full-config.ts";

/**
 * OpenAI's voice names to the shipped voice nearest in pitch: `slt` is a woman's voice, `rms` a man's. Fable and
 * ballad, which listeners place between, go to `rms`, alloy to `slt`.
 */
export const DEFAULT_ALIASES: Readonly<Record<string, string>> = {
  alloy: "slt",
  ash: "rms",
  ballad: "rms",
  cedar: "rms",
  coral: "slt",
  echo: "rms",
  fable: "rms",
  marin: "slt",
  nova: "slt",
  onyx: "rms",
  sage: "slt",
  shimmer: "slt",
  verse: "rms",
};

/** The lowest layer: the config of an engine without any. The defaults in the schema are filled in later. */
export const DEFAULT_DOCUMENT: Readonly<Config> = {
  voices: {
    slt: { plugin: "piper", model: "en_US-slt-tiny" },
    rms: { plugin: "piper", model: "en_US-rms-tiny" },
  },
  sinks: { archive: { plugin: "file" } },
  speech: { defaultVoice: "slt", aliases: DEFAULT_ALIASES },
};

/**
 * Lets the built-in aliases of a built-in voice that was removed speak with the default voice. Changes `config`.
 *
 * @param isWritten returns whether a layer sets the alias; then it stays as written
 */
export function followDefaultVoice(
  { speech, voices }: FullConfig,
  isWritten: (alias: string) => boolean,
): void {
  for (const [alias, voice] of Object.entries(DEFAULT_ALIASES)) {
    if (!Object.hasOwn(speech.aliases, alias) || Object.hasOwn(voices, voice) || isWritten(alias)) continue;
    speech.aliases[alias] = speech.defaultVoice;
  }
}
