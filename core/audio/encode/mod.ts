/**
 * The audio formats and their encoders.
 *
 * @module
 */
import type { AudioFormat } from "../../../schemas/generated/config.ts";
import { SyrinxError } from "../../errors.ts";
import type { Encoder } from "./encoder.ts";
import { checkMp3SampleRate, Mp3Encoder } from "./mp3.ts";
import { PcmEncoder } from "./pcm.ts";
import { WavEncoder } from "./wav.ts";

export { type Encoder, SLICE_MS } from "./encoder.ts";
export { patchWavSizes, WAV_HEADER_BYTES } from "./wav.ts";
export type { AudioFormat };

export interface AudioFormatInfo {
  readonly contentType: string;
  /** Without a dot. */
  readonly extension: string;
  /** Default rate, Hz; `null`: that of the voice. */
  readonly sampleRate: number | null;
}

export const AUDIO_FORMATS: Readonly<Record<AudioFormat, AudioFormatInfo>> = {
  mp3: { contentType: "audio/mpeg", extension: "mp3", sampleRate: null },
  wav: { contentType: "audio/wav", extension: "wav", sampleRate: null },
  pcm: { contentType: "audio/pcm", extension: "pcm", sampleRate: 24_000 },
};

/** The rates that clients can ask for, Hz; every format has them. */
export const SAMPLE_RATES: readonly number[] = [
  8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000,
];

/** @returns whether `name` is a format that the engine encodes */
export function isAudioFormat(name: string): name is AudioFormat {
  return Object.hasOwn(AUDIO_FORMATS, name);
}

/**
 * @param voiceRate rate of the voice, Hz
 * @returns the rate of a format for which the client asks for none, Hz: that of the format, else the lowest of
 *   {@linkcode SAMPLE_RATES} that is not below the voice's, else the highest
 */
export function defaultSampleRate(format: AudioFormat, voiceRate: number): number {
  return (
    AUDIO_FORMATS[format].sampleRate ??
    SAMPLE_RATES.find((rate) => rate >= voiceRate) ??
    Math.max(...SAMPLE_RATES)
  );
}

/** @returns the extension of a file name, without the dot */
export function fileExtension(format: AudioFormat): string {
  return AUDIO_FORMATS[format].extension;
}

/**
 * @param sampleRate Hz; for mp3 one of {@linkcode SAMPLE_RATES}, for others any whole number from 1 to 192,000
 * @throws SyrinxError `format-unsupported` if there is no such format, or it does not have that rate
 */
export function checkEncoding(format: AudioFormat, sampleRate: number): void {
  if (!isAudioFormat(format)) {
    throw new SyrinxError(
      "format-unsupported",
      `Cannot encode "${String(format)}": one of ${Object.keys(AUDIO_FORMATS).join(", ")} is needed`,
    );
  }
  if (!Number.isInteger(sampleRate) || sampleRate < 1 || sampleRate > 192_000) {
    throw new SyrinxError(
      "format-unsupported",
      `Cannot encode ${format} at ${sampleRate} Hz: a whole number from 1 to 192000 is needed`,
    );
  }
  if (format === "mp3") checkMp3SampleRate(sampleRate);
}

/** @throws SyrinxError as {@linkcode checkEncoding} */
export async function createEncoder(format: AudioFormat, sampleRate: number): Promise<Encoder> {
  checkEncoding(format, sampleRate);
  switch (format) {
    case "mp3":
      return Mp3Encoder.create(sampleRate);
    case "wav":
      return new WavEncoder(sampleRate);
    case "pcm":
      return new PcmEncoder(sampleRate);
  }
}
