/**
 * Sound as samples: resampling, limiting, measuring loudness, encoding.
 *
 * @module
 */

export { AudioEncoder } from "./audio-encoder.ts";
export {
  AUDIO_FORMATS,
  type AudioFormat,
  fileExtension,
  isAudioFormat,
  patchWavSizes,
  WAV_HEADER_BYTES,
} from "./encode/mod.ts";
export { Limiter } from "./limiter.ts";
export { LoudnessMeter } from "./loudness-meter.ts";
export { Resampler } from "./resample.ts";
