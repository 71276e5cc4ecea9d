// Generated from JSON Schema by `bun run types`. Do not edit.
export interface Settings {
  /**
   * Pitch of the speaker `low`, in Hz; `high` is an octave above, and neither is above 7900 Hz.
   */
  hertz: number;
  /**
   * Peak of the samples; 1 is full scale.
   */
  level: number;
  /**
   * Length of the tone for each character of text, in ms at speed 1.
   */
  millisecondsPerCharacter: number;
}
