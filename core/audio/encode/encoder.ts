/**
 * Turns the samples of one utterance into the bytes of a file format as they come. Nothing need be done to give one
 * up half-way; it holds no resource but memory.
 */
export interface Encoder {
  /** MIME type of the stream. */
  readonly contentType: string;
  /** Hz, of the samples that it takes and of the stream. */
  readonly sampleRate: number;
  /**
   * Encodes on the spot, so hand over no more than {@linkcode SLICE_MS} at once and let others run in between.
   *
   * @param samples mono, in [-1, 1]; what is beyond is clipped, NaN is silence; not kept
   * @returns the bytes that are complete by now, maybe none; the caller's own
   */
  encode(samples: Float32Array): Uint8Array<ArrayBuffer>;
  /**
   * @returns the rest of the stream; a stream without samples is valid too
   * @throws SyrinxError `internal` from here on, as does `encode`, when it was finished before
   */
  finish(): Uint8Array<ArrayBuffer>;
}

/** Sound that is encoded in about a millisecond at most, at any rate and in any format, ms. */
export const SLICE_MS = 250;
