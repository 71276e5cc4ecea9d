// Generated from JSON Schema by `bun run types`. Do not edit.
export interface Settings {
  /**
   * Where the document is. Its Content-Type or the extension of its name says the format.
   */
  url: string;
  /**
   * Sent as Authorization: Bearer.
   */
  token?: string;
  /**
   * From one answer to the next question, in ms; a tenth more or less, so that many engines do not ask at once.
   */
  pollMs: number;
  /**
   * How long an answer may take, its body included, in ms.
   */
  timeoutMs: number;
}
