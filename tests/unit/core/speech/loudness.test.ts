import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LoudnessMeter } from "../../../../core/audio/mod.ts";
import { probeVoice } from "../../../../core/instances/probe.ts";
import { atLoudness, gainTo, type LoudnessSettings } from "../../../../core/speech/loudness.ts";

const RATE = 16_000;
const SOUND = Float32Array.from({ length: RATE }, (_, i) => 0.2 * Math.sin(i / 9));

async function* chunksOf(sound: Float32Array, loudness: number | undefined, length: number) {
  const voice = { sampleRate: RATE, loudness };
  for (let at = 0; at < sound.length; at += length) yield { samples: sound.subarray(at, at + length), voice };
}

async function hear(settings: LoudnessSettings, loudness: number | undefined, length = RATE) {
  const chunks = await Array.fromAsync(atLoudness(chunksOf(SOUND, loudness, length), settings, RATE));
  return Float32Array.from(chunks.flatMap((chunk) => [...chunk]));
}

describe("the gain", () => {
  test("is what is missing to the target, up to 20 dB either way", () => {
    expect(gainTo(-20, -23)).toBe(3);
    expect(gainTo(-20, -17)).toBe(-3);
    expect(gainTo(-10, -45)).toBe(20);
    expect(gainTo(-40, -3)).toBe(-20);
  });

  test("is none for a voice whose loudness is not known", () => {
    expect(gainTo(-20, undefined)).toBe(0);
  });
});

describe("a voice", () => {
  test("that has the target's loudness already is passed on to the bit", async () => {
    expect(await hear({ target: -20, ceiling: -1 }, -20)).toEqual(SOUND);
  });

  test("is made louder or quieter by the difference, in as many samples", async () => {
    const louder = 10 ** (3 / 20);
    expect(await hear({ target: -20, ceiling: -1 }, -23)).toEqual(SOUND.map((sample) => sample * louder));
  });

  test("that goes on for another one has its own gain from its first sample on, and nothing is lost between", async () => {
    const sounds = (async function* () {
      yield* chunksOf(SOUND, -23, 1000);
      yield* chunksOf(SOUND, -17, 1000);
    })();
    const chunks = await Array.fromAsync(atLoudness(sounds, { target: -20, ceiling: -1 }, RATE));
    const heard = Float32Array.from(chunks.flatMap((chunk) => [...chunk]));
    const [louder, quieter] = [10 ** (3 / 20), 10 ** (-3 / 20)];
    expect(heard.subarray(0, RATE)).toEqual(SOUND.map((sample) => sample * louder));
    expect(heard.subarray(RATE)).toEqual(SOUND.map((sample) => sample * quieter));
  });

  test("has the target loudness within 0.1 LU for each of eight speakers", async () => {
    const speakers = Array.from({ length: 8 }, (_, index) => ({ id: String(index), language: "en" }));
    const soundOf = (id: string) => SOUND.map((sample) => sample * (0.3 + 0.31 * Number(id)));
    const probed = await probeVoice({
      binding: { model: undefined },
      loaded: { sampleRate: RATE, speakers },
      speak: async function* ({ speaker = "0" }) {
        yield soundOf(speaker);
      },
    });
    for (const { id } of speakers) {
      const meter = new LoudnessMeter(RATE);
      const sounds = chunksOf(soundOf(id), probed.get(id), 1000);
      for await (const chunk of atLoudness(sounds, { target: -20, ceiling: -1 }, RATE)) meter.push(chunk);
      expect(Math.abs((meter.integrated() ?? 0) + 20)).toBeLessThan(0.1);
    }
  });

  test("stays as it is when the target is off, ceiling or not", async () => {
    expect(await hear({ target: "off", ceiling: -20 }, -23)).toEqual(SOUND);
  });

  test("sounds the same however its plugin cuts the audio", async () => {
    const whole = await hear({ target: -10, ceiling: -10 }, -23);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 50, max: RATE }), async (length) => {
        expect(await hear({ target: -10, ceiling: -10 }, -23, length)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  test("of which nobody hears the rest is stopped", async () => {
    let stopped = false;
    const samples = (async function* () {
      try {
        for (;;) yield* chunksOf(SOUND, -23, RATE);
      } finally {
        stopped = true;
      }
    })();
    for await (const _ of atLoudness(samples, { target: -20, ceiling: -1 }, RATE)) break;
    expect(stopped).toBe(true);
  });
});
