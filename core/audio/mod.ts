/**
 * Sound as samples: resampling, limiting, measuring loudness, encoding.
 *
 * @module
 */

export {
  AUDIO_FORMATS,
  type AudioFormat,
  fileExtension,
  isAudioFormat,
  patchWavSizes,
  WAV_HEADER_BYTES,
} from "./encode/mod.ts";
export { EncodePool } from "./encode-pool/encode-pool.ts";
export type { StreamEncoder } from "./encode-pool/stream-encoder.ts";
export { Limiter } from "./limiter.ts";
export { LoudnessMeter } from "./loudness-meter.ts";
export { Resampler } from "./resample.ts";
