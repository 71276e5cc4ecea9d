import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { PhonemeCache } from "../../../../plugins/piper/phoneme-cache.ts";
import { loadShipped, say } from "./support.ts";

const sentence = (phonemes: string) => [{ phonemes, isWhole: true }];

/** @returns what the next release is handed: JSON that has crossed two processes */
const handed = (cache: PhonemeCache): unknown => JSON.parse(JSON.stringify(cache.snapshot()));

describe("the phoneme cache", () => {
  test("is restored in its order, for any texts", () => {
    const texts = fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom("7", "__proto__", "constructor")), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(texts, (list) => {
        const [old, next] = [new PhonemeCache("en-us", 5), new PhonemeCache("en-us", 5)];
        for (const text of list) old.set(text, sentence(text));
        next.restore(handed(old));
        expect(next.snapshot()).toEqual(old.snapshot());
      }),
    );
  });

  test("its state has the most recent texts, within the engine's limit", () => {
    const cache = new PhonemeCache("en-us");
    for (let i = 0; i < 2_000; i++) cache.set(`${i}`, sentence("ə".repeat(1_000)));
    expect(Buffer.byteLength(JSON.stringify(handed(cache)))).toBeLessThan(1024 * 1024);
    const next = new PhonemeCache("en-us");
    next.restore(handed(cache));
    expect(next.size).toBeGreaterThan(200);
    expect(next.get("1999")).toEqual(sentence("ə".repeat(1_000)));
    expect(next.get("0")).toBeUndefined();
  });

  test("ignores a state of another language", () => {
    const [german, english] = [new PhonemeCache("de"), new PhonemeCache("en-us")];
    german.set("Hand", sentence("hˈant"));
    english.restore(handed(german));
    expect(english.size).toBe(0);
  });

  test.each([
    ["nothing", null],
    ["a later version", { version: 2, espeakVoice: "en-us", phonemes: [] }],
    ["no language", { version: 1, phonemes: [] }],
    [
      "phonemes of another shape",
      {
        version: 1,
        espeakVoice: "en-us",
        phonemes: [
          ["a", []],
          ["b", ["b"]],
        ],
      },
    ],
  ])("refuses a state in an unknown format as a whole: %s", (_, state) => {
    const cache = new PhonemeCache("en-us");
    expect(() => cache.restore(state)).toThrow(/Cannot restore/);
    expect(cache.size).toBe(0);
  });
});

test("a voice speaks with the phonemes that it took over", async () => {
  const voice = await loadShipped("en_US-slt-tiny");
  const state = { version: 1, espeakVoice: "en-us", phonemes: [["Hello.", sentence("wˈʌn tˈuː θɹˈiː.")]] };
  await voice.restore?.(state, "piper@0.9.0");
  const handedOver = await say(voice, { text: "Hello." });
  expect(handedOver).toEqual(await say(voice, { text: "One two three." }));
  expect(voice.snapshot?.()).toMatchObject({
    phonemes: [
      ["Hello.", sentence("wˈʌn tˈuː θɹˈiː.")],
      ["One two three.", {}],
    ],
  });
  await voice.close?.();
});
