// Generated from JSON Schema by `bun run types`. Do not edit.
export interface Settings {
  /**
   * Factor on all durations at speed 1: 2 is half as fast. Absent: the model's own.
   */
  lengthScale?: number;
  /**
   * How much the sound varies from call to call, without unit. 0: no variation. Absent: the model's own, mostly 0.667.
   */
  noiseScale?: number;
  /**
   * How much the durations of phonemes vary from call to call, without unit. Absent: the model's own, mostly 0.8.
   */
  noiseW?: number;
  /**
   * CPU threads of one inference. More than 1 makes a single sentence faster on idle cores, and many at once slower. auto: 1, but a sentence that is alone uses every core if that proves faster.
   */
  threads: number | "auto";
  /**
   * How many sentences are spoken at once, each by a thread with its own copy of the model in memory. auto: as many as use every core.
   */
  workers: number | "auto";
  /**
   * Silence after each sentence, in seconds, in addition to the model's own.
   */
  sentenceSilence: number;
}
