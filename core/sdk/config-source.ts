import type { SourceItem } from "../../schemas/generated/hooks.ts";

export interface ConfigSourceContext<Settings> {
  /** Valid against the manifest's schema, defaults filled in. */
  readonly settings: Settings;
}

export interface ConfigSourceDefinition<Settings> {
  /**
   * Yields the present document first, then again whenever it has changed, until `signal` aborts. A document that
   * cannot be read is yielded as a problem: the engine keeps the last good one. It does so as well where this throws or
   * ends, and calls it again after 5 s.
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
