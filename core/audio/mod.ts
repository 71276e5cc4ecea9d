/**
 * Sound as samples: resampling, limiting, measuring loudness, encoding.
 *
 * @module
 */
export {
  AUDIO_FORMATS,
  WAV_HEADER_BYTES,
  fileExtension,
  isAudioFormat,
  patchWavSizes,
  type AudioFormat,
} from "./encode/mod.ts";
export { LoudnessMeter } from "./loudness-meter.ts";
export { Limiter } from "./limiter.ts";
export { Resampler } from "./resample.ts";
export { AudioEncoder } from "./audio-encoder.ts";
