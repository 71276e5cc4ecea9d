import type { SunkUtterance } from "../../schemas/generated/hooks.ts";

export interface SinkContext<Settings> {
  /** Valid against the manifest's schema, defaults filled in. */
  readonly settings: Settings;
  /** Absolute path of a folder of this slot's own. Only usable if the manifest asks for `$DATA`. */
  readonly dataDirectory: string;
}

/** A sink that is open. */
export interface Sink<Settings = Record<string, unknown>> {
  /**
   * Keeps one utterance. `audio` yields its encoded bytes; when it ends, they are all there. Resolve only when the
   * utterance is safe: the engine forgets it then. Reject, and it is offered again, with the same `utterance.id`.
   *
   * @param settings as they are now: those that the manifest marks with `"x-live": true` may differ from those of `open`
   * @returns where it is now: a path or a URL
   */
  write(
    utterance: SunkUtterance,
    audio: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
    settings: Settings,
  ): Promise<string>;
  /**
   * State worth handing to the next version, asked for while this one serves: at most 1 MiB of JSON, within 5 s. Give it
   * a version, so that every release can tell whether it knows its shape.
   */
  snapshot?(): unknown;
  /**
   * Takes over the state of another release of this plugin, older or newer, before the first utterance. Throw to refuse
   * it: the swap fails then, and the other release serves on.
   *
   * @param fromRelease e.g. `piper@1.0.0`
   */
  restore?(state: unknown, fromRelease: string): void | Promise<void>;
  /** Called once, when the process is about to end. */
  close?(): void | Promise<void>;
}

export interface SinkDefinition<Settings> {
  /** Opens the sink; called once per process. */
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
