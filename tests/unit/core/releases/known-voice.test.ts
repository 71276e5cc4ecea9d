import { expect, test } from "bun:test";
import { knownVoice } from "../../../../core/releases/known-voice.ts";
import { bindingOf, modelRelease } from "./releases.ts";

const LOADED = {
  release: "beep@1.0.0+tiny@1.0.0",
  loaded: { sampleRate: 16_000, speakers: [{ id: "real", language: "de" }], device: "cpu", concurrency: 1 },
};
const binding = (manifest = {}) => ({
  ...bindingOf(1),
  model: modelRelease({ languages: ["en-GB"], ...manifest }),
});

test("a voice that was never loaded has the speakers and the language of its model's manifest", () => {
  expect(knownVoice(binding({ speakers: ["ann", "bob"] }), undefined)).toEqual({
    release: LOADED.release,
    speakers: [
      { id: "ann", language: "en-GB" },
      { id: "bob", language: "en-GB" },
    ],
    language: "en-GB",
    sampleRate: undefined,
  });
});

test("a voice whose model names no speakers may have any", () => {
  expect(knownVoice(binding(), undefined)).toMatchObject({ speakers: undefined, language: "en-GB" });
  const { release, language } = knownVoice(bindingOf(1), undefined);
  expect([release, language]).toEqual(["beep@1.0.0", "und"]);
});

test("what a voice says of itself takes precedence over its manifest", () => {
  const known = knownVoice(binding({ speakers: ["ann"] }), LOADED);
  expect(known).toMatchObject({ speakers: LOADED.loaded.speakers, language: "de", sampleRate: 16_000 });
});

test("what another release said of itself does not count", () => {
  const known = knownVoice(binding({ version: "2.0.0" }), LOADED);
  expect(known).toMatchObject({
    release: "beep@1.0.0+tiny@2.0.0",
    speakers: undefined,
    sampleRate: undefined,
  });
});
