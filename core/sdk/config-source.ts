import type { SourceItem } from "../../schemas/generated/hooks.ts";

export interface ConfigSourceContext<Settings> {
  /** Valid against the manifest's schema, with defaults filled in. */
  readonly settings: Settings;
}

export interface ConfigSourceDefinition<Settings> {
  /**
   * Yields the current document first, then every changed document, until `signal` aborts. Yield a problem if the
   * document cannot be read: the engine keeps the last good one. If this throws or ends, the engine also keeps the last
   * good document, and calls it again after 5 s.
   */
  watch(context: ConfigSourceContext<Settings>, signal: AbortSignal): AsyncIterable<SourceItem>;
}

/**
 * Declares a config source plugin.
 *
 * @example
 * ```ts
 * import { configSource } from "syrinx/sdk";
 *
 * export default configSource<{ voice: string }>({
 *   async *watch({ settings }, signal) {
 *     yield { document: { speech: { defaultVoice: settings.voice } }, origin: "settings" };
 *     await new Promise((done) => signal.addEventListener("abort", done));
 *   },
 * });
 * ```
 */
export function configSource<Settings = Record<string, unknown>>(
  definition: ConfigSourceDefinition<Settings>,
) {
  return { kind: "config-source" as const, definition: definition as ConfigSourceDefinition<never> };
}
