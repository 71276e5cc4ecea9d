import type { LoadedModel, Speaker } from "../../schemas/generated/hooks.ts";

/** What `load` gets. */
export interface VoiceContext<Settings> {
  /** The model release, with absolute paths. `null` if the manifest lists no formats. */
  readonly model: LoadedModel | null;
  /** Valid against the manifest's schema, with defaults filled in. */
  readonly settings: Settings;
  /** `auto`, `cpu`, `cuda` or `cuda:N`. */
  readonly device: string;
  /** How many CPU cores the voice may use at once, at least 1. */
  readonly cores: number;
  /**
   * How much host memory the voice may use, in bytes: the limit of its process, or what the budget leaves beside the other
   * voices if that is less. A process over its limit is ended.
   */
  readonly memoryBytes: number;
  /** Absolute path of this slot's own folder. Only usable if the manifest requests `$DATA`. */
  readonly dataDirectory: string;
}

/** One piece of text to speak: a sentence or a clause. */
export interface Segment<Settings = Record<string, unknown>> {
  readonly text: string;
  /** Id of one of the voice's speakers. Absent: the first. */
  readonly speaker?: string;
  /** 1 is the voice's own speed; 2 is twice as fast. */
  readonly speed: number;
  /**
   * The settings with which the utterance began. Those that the manifest marks with `"x-live": true` may differ from
   * one segment to the next. The others are the same as in `load`.
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
  /** How many segments the voice can speak at once. Absent: 1. */
  readonly concurrency?: number;
  /** Notes for the admin, e.g. a fallback to the CPU. */
  readonly notes?: readonly string[];
  /**
   * Speaks a segment: yields mono samples in [-1, 1] as soon as they exist. `signal` aborts when nobody listens any
   * more; the generator is then returned at its next yield.
   */
  speak(segment: Segment<Settings>, signal: AbortSignal): AsyncIterable<Float32Array>;
  /**
   * State for the next version: at most 1 MiB of JSON, within 5 s. The engine requests it while this version serves.
   * Put a version number into it, so that every release can check whether it knows the format.
   */
  snapshot?(): unknown;
  /**
   * Takes over the state of another release of this plugin, older or newer, before the first segment. Throw to refuse
   * it: the swap then fails, and the other release keeps serving.
   *
   * @param fromRelease e.g. `piper@1.0.0`
   */
  restore?(state: unknown, fromRelease: string): void | Promise<void>;
  /** Called once, before the process ends. */
  close?(): void | Promise<void>;
}

export interface VoiceDefinition<Settings> {
  /** Loads the model. Called once per process. */
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
