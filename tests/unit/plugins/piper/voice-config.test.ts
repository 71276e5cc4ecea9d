import { describe, expect, test } from "bun:test";
import { toPhonemeIds } from "../../../../plugins/piper/phoneme-ids.ts";
import { parseVoiceConfig } from "../../../../plugins/piper/voice-config.ts";

const CONFIG = {
  audio: { sample_rate: 22_050 },
  espeak: { voice: "de" },
  phoneme_id_map: { _: [0], "^": [1], $: [2], a: [7, 8], k: [9], " ": [3] },
};

const parse = (changes: object = {}, names?: string[]) =>
  parseVoiceConfig(JSON.stringify({ ...CONFIG, ...changes }), "/voices/x.onnx.json", names);

describe("the config of a voice", () => {
  test("needs no more than a rate, an espeak-ng voice and the ids", () => {
    expect(parse()).toMatchObject({
      sampleRate: 22_050,
      espeakVoice: "de",
      speakers: [],
      noiseScale: 0.667,
      lengthScale: 1,
      noiseW: 0.8,
    });
  });

  test("lists speakers in the order of their ids, with their name, else the manifest's name, else a number", () => {
    const two = { num_speakers: 2 };
    expect(parse({ ...two, speaker_id_map: { b: 1, a: 0 } }).speakers.map(({ name }) => name)).toEqual([
      "a",
      "b",
    ]);
    expect(parse(two, ["x"]).speakers.map(({ name }) => name)).toEqual(["x", "1"]);
  });

  test.each([
    [
      { audio: {} },
      "model-corrupt",
      "Cannot use /voices/x.onnx.json because audio.sample_rate is missing: a number is needed",
    ],
    [{ espeak: { voice: 3 } }, "model-corrupt", "espeak.voice is 3"],
    [{ phoneme_id_map: { _: 0 } }, "model-corrupt", 'phoneme_id_map["_"] is 0: a list of numbers'],
    [{ phoneme_id_map: {} }, "model-corrupt", 'phoneme_id_map["_"] is missing'],
    [{ phoneme_type: "pinyin" }, "model-unsupported", "pinyin"],
  ])("that is wrong is refused with its field: %j", (changes, code, message) => {
    expect(() => parse(changes)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  test("that is no JSON is refused with its path", () => {
    expect(() => parseVoiceConfig("{", "/voices/y.json")).toThrow("Cannot read /voices/y.json");
  });
});

describe("phoneme ids", () => {
  test("are padded, start and end as Piper's do, and may be several for a phoneme", () => {
    expect([...toPhonemeIds("a k", parse()).ids]).toEqual([1, 0, 7, 8, 0, 3, 0, 9, 0, 2].map(BigInt));
  });

  test("skip unknown phonemes and list each once", () => {
    expect(toPhonemeIds("aʘʘ", parse())).toEqual({
      ids: BigInt64Array.from([1n, 0n, 7n, 8n, 0n, 2n]),
      unknown: ["ʘ"],
    });
  });

  test("are empty if no phoneme has one", () => {
    expect(toPhonemeIds("ʘ", parse()).ids.length).toBe(0);
  });

  test("follow the phoneme map first", () => {
    expect([...toPhonemeIds("c", parse({ phoneme_map: { c: ["k", "a"] } })).ids]).toEqual(
      [1, 0, 9, 0, 7, 8, 0, 2].map(BigInt),
    );
  });

  test("of a text voice fall back to lower case", () => {
    expect(toPhonemeIds("A", parse({ phoneme_type: "text" })).unknown).toEqual([]);
    expect(toPhonemeIds("A", parse()).unknown).toEqual(["A"]);
  });
});
