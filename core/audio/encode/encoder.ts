/**
 * Turns the samples of one utterance into the bytes of a file format, as they come. It holds only memory, so it may be
 * dropped before it is finished.
 */
export interface Encoder {
  /** MIME type of the stream. */
  readonly contentType: string;
  /** Rate of the samples and of the stream, Hz. */
  readonly sampleRate: number;
  /**
   * Encodes synchronously. So pass at most {@linkcode SLICE_MS} at once, and let others run in between.
   *
   * @param samples mono, in [-1, 1]. Larger ones are clipped, NaN becomes silence. Not kept
   * @returns the bytes that are complete by now, maybe none; the caller may keep them
   */
  encode(samples: Float32Array): Uint8Array<ArrayBuffer>;
  /**
   * @returns the rest of the stream; a stream without samples is valid too
   * @throws SyrinxError `internal` if the stream is finished already, as `encode` does then
   */
  finish(): Uint8Array<ArrayBuffer>;
}

/** This much sound is encoded in about a millisecond at most, at any rate and in any format, ms. */
export const SLICE_MS = 250;
