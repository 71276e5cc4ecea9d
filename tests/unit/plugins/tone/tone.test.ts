import { expect, test } from "bun:test";
import type { Voice, VoiceContext } from "syrinx/sdk";
import tone from "../../../../plugins/tone/main.ts";

const SETTINGS = { hertz: 505, level: 0.5, millisecondsPerCharacter: 30 };

async function say(segment: {
  text: string;
  speed?: number;
  speaker?: string;
  settings?: typeof SETTINGS;
}): Promise<Float32Array[]> {
  // What voice() returns hides the type of the settings.
  const definition = tone.definition as {
    load(context: VoiceContext<typeof SETTINGS>): Voice<typeof SETTINGS> | Promise<Voice<typeof SETTINGS>>;
  };
  const voice = await definition.load({
    model: null,
    settings: SETTINGS,
    device: "auto",
    cores: 1,
    memoryBytes: 1e9,
    dataDirectory: "/nonexistent",
  });
  const never = new AbortController().signal;
  return Array.fromAsync(voice.speak({ speed: 1, settings: SETTINGS, ...segment }, never));
}

const samples = (chunks: Float32Array[]) => chunks.flatMap((chunk) => [...chunk]);
const crossings = (all: number[]) =>
  all.filter((sample, i) => i > 0 && sample >= 0 && all[i - 1]! < 0).length;

test("a tone lasts as long as its text, and half as long at twice the speed", async () => {
  expect(samples(await say({ text: "0123456789" })).length).toBe(4_800);
  expect(samples(await say({ text: "0123456789", speed: 2 })).length).toBe(2_400);
  expect(await say({ text: "" })).toEqual([]);
});

test("a tone's length comes from its utterance's settings, not from those of load", async () => {
  const settings = { ...SETTINGS, millisecondsPerCharacter: 60 };
  expect(samples(await say({ text: "0123456789", settings })).length).toBe(9_600);
});

test("a tone comes in chunks of 100 ms that join without a step", async () => {
  const chunks = await say({ text: "01234567" });
  expect(chunks.map((chunk) => chunk.length)).toEqual([1_600, 1_600, 640]);
  const all = samples(chunks);
  const steepest = 2 * SETTINGS.level * Math.sin((Math.PI * SETTINGS.hertz) / 16_000);
  for (let i = 1; i < all.length; i++)
    expect(Math.abs(all[i]! - all[i - 1]!)).toBeLessThanOrEqual(steepest + 1e-6);
});

test("a tone has the level and pitch that were set, and the speaker high is an octave above", async () => {
  const low = samples(await say({ text: "0123456789" }));
  expect(Math.max(...low)).toBeCloseTo(0.5, 3);
  expect(crossings(low) / 0.3).toBeCloseTo(505, -1);
  expect(crossings(samples(await say({ text: "0123456789", speaker: "high" }))) / 0.3).toBeCloseTo(1_010, -1);
});
