import { expect, test } from "bun:test";
import {
  AUDIO_FORMATS,
  createEncoder,
  defaultSampleRate,
  fileExtension,
  isAudioFormat,
} from "../../../../../core/audio/encode/mod.ts";
import type { AudioFormat } from "../../../../../schemas/generated/config.ts";

/** What clients are promised. */
const CONTENT_TYPES: [AudioFormat, string][] = [
  ["mp3", "audio/mpeg"],
  ["wav", "audio/wav"],
  ["pcm", "audio/pcm"],
];

test.each(CONTENT_TYPES)("%s is encoded as %s", async (format, contentType) => {
  const encoder = await createEncoder(format, 16_000);
  expect([encoder.contentType, AUDIO_FORMATS[format].contentType]).toEqual([contentType, contentType]);
  expect([encoder.sampleRate, fileExtension(format)]).toEqual([16_000, format]);
});

test("there is no other format", () => {
  expect(Object.keys(AUDIO_FORMATS).sort()).toEqual(CONTENT_TYPES.map(([format]) => format).sort());
});

test("a format that is not there is refused, with those that are", async () => {
  expect(isAudioFormat("mp3")).toBe(true);
  expect(isAudioFormat("toString")).toBe(false);
  await expect(createEncoder("midi" as AudioFormat, 16_000)).rejects.toThrow("mp3, wav, pcm");
});

test.each([0, -8000, 16_000.5, Number.NaN, 1e6])("a rate of %d Hz is refused", async (rate) => {
  await expect(createEncoder("wav", rate)).rejects.toMatchObject({ code: "format-unsupported" });
});

test("pcm is 24 kHz; the rest is made at the voice's rate, or the next that every format has", () => {
  expect(defaultSampleRate("pcm", 16_000)).toBe(24_000);
  expect(defaultSampleRate("mp3", 22_050)).toBe(22_050);
  expect(defaultSampleRate("wav", 20_000)).toBe(22_050);
  expect(defaultSampleRate("mp3", 96_000)).toBe(48_000);
});
