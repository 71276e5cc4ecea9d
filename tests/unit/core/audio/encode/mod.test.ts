import { expect, test } from "bun:test";
import {
  AUDIO_FORMATS,
  createEncoder,
  defaultSampleRate,
  fileExtension,
  isAudioFormat,
} from "../../../../../core/audio/encode/mod.ts";
import type { AudioFormat } from "../../../../../schemas/generated/config.ts";

test("every format is encoded as its content type says", async () => {
  for (const format of Object.keys(AUDIO_FORMATS) as AudioFormat[]) {
    const encoder = await createEncoder(format, 16_000);
    expect(encoder.contentType).toBe(AUDIO_FORMATS[format].contentType);
    expect(encoder.sampleRate).toBe(16_000);
    expect(fileExtension(format)).toBe(format);
  }
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
