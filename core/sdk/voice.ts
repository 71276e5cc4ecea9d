import type { LoadedModel, Speaker } from "../../schemas/generated/hooks.ts";

/** What a voice is loaded with. */
export interface VoiceContext<Settings> {
  /** The model release, with absolute paths; `null` for a plugin whose manifest names no formats. */
  readonly model: LoadedModel | null;
  /** Valid against the manifest's schema, defaults filled in. */
  readonly settings: Settings;
  /** `auto`, `cpu`, `cuda` or `cuda:N`. */
  readonly device: string;
  /** Absolute path of a folder of this slot's own. Only usable if the manifest asks for `$DATA`. */
  readonly dataDirectory: string;
}

/** One piece of text to speak: a sentence or a clause. */
export interface Segment<Settings = Record<string, unknown>> {
  readonly text: string;
  /** Id of one of the voice's speakers; absent: the first. */
  readonly speaker?: string;
  /** 1 is the voice's own speed, 2 twice as fast. */
  readonly speed: number;
  /**
   * The settings that the utterance began with. Those that the manifest marks with `"x-live": true` may differ from one
   * segment to the next; the others are as they were in `load`.
   */
  readonly settings: Settings;
}

/** A loaded voice. */
export interface Voice<Settings = Record<string, unknown>> {
  /** Hz. */
  readonly sampleRate: number;
  readonly speakers: readonly Speaker[];
  /** The device in use, e.g. `cpu` or `cuda:0`. */
  readonly device: string;
  /** How many segments may be in hand at once; absent: 1. */
  readonly concurrency?: number;
  /** What an admin should know of this load, e.g. a fall-back to the CPU. */
  readonly notes?: readonly string[];
  /**
   * Speaks a segment: yields mono samples in [-1, 1] as they are made. `signal` aborts when nobody listens any more;
   * the generator is also returned at its next yield then.
   */
  speak(segment: Segment<Settings>, signal: AbortSignal): AsyncIterable<Float32Array>;
  /**
   * State worth handing to the next version, asked for while this one serves: at most 1 MiB of JSON, within 5 s. Give it
   * a version, so that every release can tell whether it knows its shape.
   */
  snapshot?(): unknown;
  /**
   * Takes over the state of another release of this plugin, older or newer, before the first segment. Throw to refuse
   * it: the swap fails then, and the other release serves on.
   *
   * @param fromRelease e.g. `piper@1.0.0`
   */
  restore?(state: unknown, fromRelease: string): void | Promise<void>;
  /** Called once, when the process is about to end. */
  close?(): void | Promise<void>;
}

export interface VoiceDefinition<Settings> {
  /** Loads the model; called once per process. */
  load(context: VoiceContext<Settings>): Voice<Settings> | Promise<Voice<Settings>>;
}

/**
 * Declares a voice plugin.
 *
 * @example
 * ```ts
 * import { voice } from "syrinx/sdk";
 *
 * export default voice<{ hertz: number }>({
 *   load: ({ settings }) => ({
 *     sampleRate: 16_000,
 *     speakers: [{ id: "beep", language: "und" }],
 *     device: "cpu",
 *     async *speak({ text }) {
 *       yield Float32Array.from({ length: text.length * 800 }, (_, i) => 0.2 * Math.sin((2 * Math.PI * settings.hertz * i) / 16_000));
 *     },
 *   }),
 * });
 * ```
 */
export function voice<Settings = Record<string, unknown>>(definition: VoiceDefinition<Settings>) {
  return { kind: "voice" as const, definition: definition as VoiceDefinition<never> };
}
