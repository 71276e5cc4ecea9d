// Generated from JSON Schema by `bun run types`. Do not edit.
export interface Settings {
  /**
   * URL of the document. Its Content-Type or its extension gives the format.
   */
  url: string;
  /**
   * Sent as Authorization: Bearer.
   */
  token?: string;
  /**
   * Time from one answer to the next request, in ms; up to a tenth more or less, so that many engines do not send requests at once.
   */
  pollMs: number;
  /**
   * Longest time for an answer with its body, in ms.
   */
  timeoutMs: number;
}
