import type { SunkUtterance } from "../../schemas/generated/hooks.ts";

export interface SinkContext<Settings> {
  /** Valid against the manifest's schema, with defaults filled in. */
  readonly settings: Settings;
  /** Absolute path of this slot's own folder. Only usable if the manifest requests `$DATA`. */
  readonly dataDirectory: string;
}

/** An open sink. */
export interface Sink<Settings = Record<string, unknown>> {
  /**
   * Stores one utterance. `audio` yields its encoded bytes, and ends when they are complete. Resolve only when the
   * utterance is stored safely: the engine then forgets it. If this rejects, the engine offers the utterance again,
   * with the same `utterance.id`.
   *
   * @param settings the current settings: those that the manifest marks with `"x-live": true` may differ from those of
   *   `open`
   * @returns where the utterance is stored: a path or a URL
   */
  write(
    utterance: SunkUtterance,
    audio: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
    settings: Settings,
  ): Promise<string>;
  /**
   * State for the next version: at most 1 MiB of JSON, within 5 s. The engine requests it while this version serves.
   * Put a version number into it, so that every release can check whether it knows the format.
   */
  snapshot?(): unknown;
  /**
   * Takes over the state of another release of this plugin, older or newer, before the first utterance. Throw to refuse
   * it: the swap then fails, and the other release keeps serving.
   *
   * @param fromRelease e.g. `piper@1.0.0`
   */
  restore?(state: unknown, fromRelease: string): void | Promise<void>;
  /** Called once, before the process ends. */
  close?(): void | Promise<void>;
}

export interface SinkDefinition<Settings> {
  /** Opens the sink. Called once per process. */
  open(context: SinkContext<Settings>): Sink<Settings> | Promise<Sink<Settings>>;
}

/**
 * Declares a sink plugin.
 *
 * @example
 * ```ts
 * import { sink } from "syrinx/sdk";
 *
 * export default sink({
 *   open: () => ({
 *     async write(utterance, audio) {
 *       let bytes = 0;
 *       for await (const chunk of audio) bytes += chunk.byteLength;
 *       console.log(`${utterance.id}: ${bytes} bytes of ${utterance.contentType}`);
 *       return `counted:${utterance.id}`;
 *     },
 *   }),
 * });
 * ```
 */
export function sink<Settings = Record<string, unknown>>(definition: SinkDefinition<Settings>) {
  return { kind: "sink" as const, definition: definition as SinkDefinition<never> };
}
