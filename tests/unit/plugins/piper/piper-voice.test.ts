import { afterAll, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Voice } from "syrinx/sdk";
import { Inference } from "../../../../plugins/piper/inference.ts";
import type { Settings } from "../../../../plugins/piper/settings.generated.ts";
import { levelDb, logMelDistance, pitchHz, readWav } from "../../../support/spectrum.ts";
import { FIXTURES, load, loadShipped, ROOT, STILL, say } from "./support.ts";

const RATE = 16_000;
const TEXT = "What time does the train to Boston leave?";

let slt: Voice<Settings>;
let duo: Voice<Settings>;

beforeAll(async () => {
  slt = await loadShipped("en_US-slt-tiny");
  duo = await loadShipped("en_US-duo-tiny");
});

afterAll(async () => {
  await slt.close?.();
  await duo.close?.();
});

describe("the audio of a shipped voice", () => {
  for (const speaker of ["slt", "rms"]) {
    test(`is that of the reference recording (${speaker})`, async () => {
      const reference = await readWav(join(FIXTURES, `boston-${speaker}.wav`));
      const spoken = await say(duo, { text: TEXT, speaker });
      expect(Math.abs(spoken.length / reference.length - 1)).toBeLessThan(0.04);
      expect(Math.abs(levelDb(spoken) - levelDb(reference))).toBeLessThan(1);
      const distance = logMelDistance(spoken, reference, RATE);
      const other = await say(duo, { text: "The birch canoe slid on the smooth planks.", speaker });
      expect(distance).toBeLessThan(3);
      expect(logMelDistance(other, reference, RATE)).toBeGreaterThan(2 * distance);
    });
  }

  test("is bit-identical at every call without noise", async () => {
    expect(await say(slt, { text: TEXT })).toEqual(await say(slt, { text: TEXT }));
  });

  test("differs in pitch between its two speakers, of which the first is the default", async () => {
    const [high, low] = [
      await say(duo, { text: TEXT, speaker: "slt" }),
      await say(duo, { text: TEXT, speaker: "rms" }),
    ];
    expect(pitchHz(high, RATE)).toBeGreaterThan(1.3 * pitchHz(low, RATE));
    expect(await say(duo, { text: TEXT })).toEqual(high);
    expect(duo.speakers.map(({ id }) => id)).toEqual(["slt", "rms"]);
  });

  test("lasts half as long at twice the speed", async () => {
    const [normal, fast] = [await say(slt, { text: TEXT }), await say(slt, { text: TEXT, speed: 2 })];
    expect(fast.length / normal.length).toBeCloseTo(0.5, 1);
  });
});

describe("a voice on several threads", () => {
  test("speaks as many sentences at once, each as one thread alone speaks it", async () => {
    const voice = await loadShipped("en_US-slt-tiny", { cores: 3, settings: { ...STILL, workers: "auto" } });
    expect(voice.concurrency).toBe(4);
    const texts = ["One.", "Two, three, and four.", "Where does the train leave?", "Five.", TEXT];
    const spoken = await Promise.all(texts.map((text) => say(voice, { text })));
    for (const [n, text] of texts.entries()) expect(spoken[n]).toEqual(await say(slt, { text }));
    await voice.close?.();
  });

  test("uses no more cores than it may, threads counted, and as many threads as its settings say", async () => {
    const concurrency = async (cores: number, settings: Partial<Settings>) => {
      const voice = await loadShipped("en_US-slt-tiny", { cores, settings: { ...STILL, ...settings } });
      await voice.close?.();
      return voice.concurrency;
    };
    expect(await concurrency(5, { workers: "auto", threads: 2 })).toBe(3);
    expect(await concurrency(1, { workers: "auto", threads: 2 })).toBe(2);
    expect(await concurrency(1, { workers: 2 })).toBe(3);
  });

  test("skips a sentence that was cancelled while it waited for a thread", async () => {
    const leaving = new AbortController();
    const busy = say(slt, { text: TEXT });
    const waiting = Array.fromAsync(slt.speak({ text: TEXT, speed: 1, settings: STILL }, leaving.signal));
    leaving.abort();
    expect(await waiting).toEqual([]);
    expect((await busy).length).toBeGreaterThan(RATE);
  });
});

test("settings of an utterance apply only to it, and absent ones are the model's own", async () => {
  const whole = await say(slt, { text: TEXT });
  const slow = await say(slt, { text: TEXT, settings: { ...STILL, lengthScale: 2 } });
  expect(slow.length / whole.length).toBeCloseTo(2, 1);
  expect(await say(slt, { text: TEXT, settings: { ...STILL, noiseScale: 0.667 } })).not.toEqual(whole);
  expect(await say(slt, { text: TEXT })).toEqual(whole);
});

test("each sentence is one array, followed by the configured silence", async () => {
  const settings = { ...STILL, sentenceSilence: 0.25 };
  const voice = await loadShipped("en_US-slt-tiny", { settings });
  const text = "It is 3.14. Dr. Smith agrees, e.g. on Monday, with a nod";
  const chunks = await Array.fromAsync(
    voice.speak({ text, speed: 1, settings }, new AbortController().signal),
  );
  const lengths = chunks.map((chunk) => chunk.length);
  const silent = chunks.map((chunk) => chunk.every((sample) => sample === 0));
  // espeak-ng ends a sentence after "Dr.", and so does Piper.
  expect(silent).toEqual([false, true, false, true, false, true]);
  expect([lengths[1], lengths[3], lengths[5]]).toEqual([4_000, 4_000, 4_000]);
  // What ends with a comma goes on in the next segment.
  const clause = await say(voice, { text: "If you go down,", settings });
  expect(clause).toEqual(await say(voice, { text: "If you go down,", settings: STILL }));
  await voice.close?.();
});

test("a text without anything to speak gives no audio", async () => {
  expect(await say(slt, { text: " ... " })).toEqual(new Float32Array());
});

test("a cancelled segment is not spoken, and later ones are", async () => {
  const gone = new AbortController();
  const first = Array.fromAsync(
    slt.speak({ text: TEXT, speed: 1, settings: STILL }, new AbortController().signal),
  );
  const second = Array.fromAsync(slt.speak({ text: TEXT, speed: 1, settings: STILL }, gone.signal));
  gone.abort();
  expect((await first).length).toBe(1);
  expect(await second).toEqual([]);
  expect((await say(slt, { text: TEXT })).length).toBeGreaterThan(RATE);
});

test("a run that is cancelled while it waits for another is skipped", async () => {
  const name = "en_US-slt-tiny";
  const modelPath = join(ROOT, "models", name, "1.0.0", `${name}.onnx`);
  const inference = await Inference.load({ modelPath, device: "cpu", threads: 1 });
  const ids = BigInt64Array.of(1n, 0n, 14n, 0n, 10n, 0n, 2n);
  const input = { ids, speaker: 0, noiseScale: 0, lengthScale: 1, noiseW: 0 };
  const gone = new AbortController();
  const first = inference.run(input, new AbortController().signal);
  const second = inference.run(input, gone.signal);
  gone.abort();
  expect((await first).length).toBeGreaterThan(0);
  expect((await second).length).toBe(0);
  await inference.close();
});

test("an unknown speaker is refused with a list of the speakers", async () => {
  await expect(say(duo, { text: TEXT, speaker: "bob" })).rejects.toThrow(
    'Cannot speak as "bob" because this voice has the speakers slt, rms',
  );
});

describe("a voice that cannot be loaded says why", () => {
  test("a GPU that does not exist", async () => {
    await expect(loadShipped("en_US-slt-tiny", { device: "cuda:31" })).rejects.toMatchObject({
      code: "device-unavailable",
    });
  });

  test("a language that espeak-ng does not have; the model's thread then ends", async () => {
    const directory = await mkdtemp(join(tmpdir(), "syrinx-piper-"));
    const closes = spyOn(Inference.prototype, "close");
    try {
      const name = "en_US-slt-tiny";
      const shipped = join(ROOT, "models", name, "1.0.0", `${name}.onnx`);
      const config = join(directory, "klingon.json");
      const own = (await Bun.file(`${shipped}.json`).json()) as object;
      await Bun.write(config, JSON.stringify({ ...own, espeak: { voice: "tlh" } }));
      const files = { model: shipped, config };
      const model = { name, version: "1.0.0", format: "piper", directory, files, languages: ["tlh"] };
      await expect(load({ model })).rejects.toMatchObject({
        code: "model-unsupported",
        message: expect.stringContaining('"tlh"'),
      });
      expect(closes).toHaveBeenCalledTimes(1);
    } finally {
      closes.mockRestore();
      await rm(directory, { recursive: true });
    }
  });

  test("a file that is no ONNX model, or a config that is missing", async () => {
    const directory = await mkdtemp(join(tmpdir(), "syrinx-piper-"));
    try {
      const model = join(directory, "broken.onnx");
      await Bun.write(model, "not a model");
      const base = { name: "broken", version: "1.0.0", format: "piper", directory, languages: ["en-US"] };
      const config = join(directory, "broken.onnx.json");
      const attempt = () => load({ model: { ...base, files: { model } } });
      await expect(attempt()).rejects.toMatchObject({
        code: "model-corrupt",
        message: expect.stringContaining(config),
      });
      await Bun.write(
        config,
        Bun.file(join(FIXTURES, "../../../models/en_US-slt-tiny/1.0.0/en_US-slt-tiny.onnx.json")),
      );
      await expect(attempt()).rejects.toMatchObject({
        code: "model-corrupt",
        message: expect.stringContaining(model),
      });
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
