/** Encodes one stream of samples as it is read: it does nothing before it is asked for the next bytes. */
export interface StreamEncoder {
  /** MIME type of the encoded audio. */
  readonly contentType: string;
  /** Length of the sound that was encoded so far, in ms. */
  readonly durationMs: number;
  /**
   * Yields the bytes that are complete, and lets other work run in between.
   *
   * @param samples mono, in [-1, 1]; not kept
   */
  encode(samples: Float32Array): AsyncGenerator<Uint8Array>;
  /** Ends the stream, and yields the rest of its bytes. Idempotent. */
  finish(): AsyncGenerator<Uint8Array>;
  /** Must be called when the encoder is no longer used, finished or not. Idempotent. */
  release(): void;
}
