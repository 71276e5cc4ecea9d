import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { EngineProcess } from "../support/engine-process.ts";
import { loudnessOf } from "../support/spectrum.ts";
import { parseWav } from "../support/wav.ts";

/** Of the Harvard sentences (IEEE, 1969), in which English sounds are as frequent as they are in speech. */
const SENTENCES = [
  "The birch canoe slid on the smooth planks.",
  "Glue the sheet to the dark blue background.",
  "It's easy to tell the depth of a well.",
  "These days a chicken leg is a rare dish.",
  "Rice is often served in round bowls.",
  "The juice of lemons makes fine punch.",
];
const [SENTENCE = ""] = SENTENCES;
const TEXT = SENTENCES.join(" ");
const STILL = { noiseScale: 0, noiseW: 0 };
const VOICES = {
  slt: { settings: STILL },
  rms: { settings: STILL },
  // 14 dB above the other voices, and 14 dB below them.
  loud: { plugin: "tone", settings: { level: 0.76 } },
  quiet: { plugin: "tone", settings: { level: 0.03 } },
};
const LIMIT_MS = 60_000;

let engine: EngineProcess;

beforeAll(async () => {
  engine = await EngineProcess.start({ config: { voices: VOICES } });
});

afterAll(() => engine[Symbol.asyncDispose]());

function say(voice: string, input: string): Promise<Response> {
  return engine.post("/v1/audio/speech", { voice, input, response_format: "wav" });
}

async function heard(voice: string, input: string) {
  const bytes = await (await say(voice, input)).bytes();
  return { bytes, lufs: loudnessOf(parseWav(bytes)), samples: parseWav(bytes).samples };
}

describe("a change of voice", () => {
  test("is no change of loudness: every voice is within 1 LU of the others", async () => {
    const lufs = await Promise.all(Object.keys(VOICES).map(async (voice) => (await heard(voice, TEXT)).lufs));
    expect(Math.max(...lufs) - Math.min(...lufs)).toBeLessThan(1);
    for (const one of lufs) expect(Math.abs(one + 20)).toBeLessThan(1);
  });

  test("is no change of volume between the shipped voices for a single sentence either", async () => {
    for (const sentence of SENTENCES) {
      const [slt, rms] = [await heard("slt", sentence), await heard("rms", sentence)];
      expect(Math.abs(slt.lufs - rms.lufs)).toBeLessThan(1);
    }
  });

  test("that is a reload of the same releases changes no byte, if the voice has no noise", async () => {
    for (const voice of ["slt", "loud"]) {
      const before = await heard(voice, TEXT);
      expect((await engine.post(`/control/slots/voices.${voice}/reload`)).status).toBe(200);
      const after = await heard(voice, TEXT);
      expect(Buffer.from(after.bytes).equals(before.bytes)).toBe(true);
    }
  });

  test("is visible: each instance shows the loudness of its speakers before any gain", async () => {
    const { instances } = await engine.slot("voices.quiet");
    expect(instances[0]?.loudness?.low).toBeWithin(-35, -33);
    expect(Object.keys(instances[0]?.loudness ?? {})).toEqual(["low", "high"]);
  });
});

describe("speech.loudness", () => {
  const config = (loudness: object) => ({ voices: VOICES, speech: { loudness } });

  test(
    "is taken over when it is saved, for utterances that begin from then on",
    async () => {
      const long = `${TEXT} `.repeat(40);
      const whole = await heard("quiet", long);
      const begun = await say("quiet", long);
      expect(await engine.save(config({ target: -28 }))).toContain("config version");
      expect(Math.abs((await heard("quiet", SENTENCE)).lufs + 28)).toBeLessThan(0.2);
      expect(Buffer.from(await begun.bytes()).equals(whole.bytes)).toBe(true);
    },
    LIMIT_MS,
  );

  test("holds the peaks below the ceiling when voices are made as loud as they can be", async () => {
    await engine.save(config({ target: -10, ceiling: -6 }));
    for (const voice of ["slt", "rms", "loud"]) {
      const { samples } = await heard(voice, SENTENCE);
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      expect(20 * Math.log10(peak)).toBeWithin(-7.5, -5.95);
    }
  });

  test("leaves voices as they are when its target is off", async () => {
    await engine.save(config({ target: "off" }));
    const { samples } = await heard("loud", SENTENCE);
    expect(samples.reduce((most, sample) => Math.max(most, sample), 0)).toBeCloseTo(0.76, 3);
  });

  test("that is invalid is refused with the valid range, and the old one stays", async () => {
    const refusal = await engine.save(config({ target: 3, ceiling: 1 }));
    expect(refusal).toContain("rejected");
    expect(refusal).toContain("/speech/loudness/target");
    expect(refusal).toContain("/speech/loudness/ceiling");
    expect((await heard("loud", SENTENCE)).samples.length).toBeGreaterThan(1000);
  });
});
