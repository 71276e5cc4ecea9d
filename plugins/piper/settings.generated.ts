// Generated from JSON Schema by `bun run types`. Do not edit.
export interface Settings {
  /**
   * Factor on all durations at speed 1: 2 is half as fast. Absent: the model's own.
   */
  lengthScale?: number;
  /**
   * How much the sound varies from call to call, without unit; 0: the same each time. Absent: the model's own, mostly 0.667.
   */
  noiseScale?: number;
  /**
   * How much the durations of phonemes vary from call to call, without unit. Absent: the model's own, mostly 0.8.
   */
  noiseW?: number;
  /**
   * CPU threads that share one inference. More than 1 speeds a large model up on idle cores and slows it down on busy ones.
   */
  threads: number;
  /**
   * Silence after each sentence, in seconds, beside what the model makes itself.
   */
  sentenceSilence: number;
}
