import { DEFAULT_ALIASES } from "./defaults.ts";
import type { FullConfig } from "./full-config.ts";

/**
 * Lets the built-in aliases of a built-in voice that was removed speak with the default voice. Changes `config`.
 *
 * @param isWritten whether a source says where the alias goes; then it stays as it was written
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
