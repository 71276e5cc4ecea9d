// Generated from JSON Schema by `bun run types`. Do not edit.
export interface Settings {
  /**
   * Pitch of the speaker `low`, in Hz. `high` is an octave above. Both are at most 7900 Hz.
   */
  hertz: number;
  /**
   * Peak of the samples; 1 is full scale.
   */
  level: number;
  /**
   * Length of the tone per character of text (UTF-16 code unit), in ms, at speed 1.
   */
  millisecondsPerCharacter: number;
}
