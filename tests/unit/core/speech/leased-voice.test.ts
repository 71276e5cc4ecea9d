import { describe, expect, test } from "bun:test";
import type { Instance } from "../../../../core/instances/instance.ts";
import { ServingGeneration } from "../../../../core/slots/generation.ts";
import type { Lease } from "../../../../core/slots/mod.ts";
import { LeasedVoices } from "../../../../core/speech/leased-voice.ts";
import { bindingOf } from "../releases/releases.ts";

function hostOf(generation: ServingGeneration) {
  const asked: [string, number][] = [];
  const slot = (name: string) => ({
    acquire: async (timeoutMs: number): Promise<Lease> => {
      asked.push([name, timeoutMs]);
      return generation.lease();
    },
  });
  return { asked, voices: new LeasedVoices({ slot }) };
}

function duo(number: number) {
  const speakers = [
    { id: "low", language: "en" },
    { id: "high", language: "de" },
    { id: "many", language: "fr" },
  ];
  const loaded = { sampleRate: 24_000, speakers, device: "cpu", concurrency: 1 };
  const loudness = new Map([
    ["low", -20],
    ["high", -30],
  ]);
  return new ServingGeneration(number, bindingOf(number), { loaded, loudness } as unknown as Instance);
}

describe("a voice that is held", () => {
  test("says how the speaker sounds; without a requested one, how the first does", async () => {
    const { voices, asked } = hostOf(duo(1));
    const take = (speaker?: string) => voices.take({ slot: "voices.duo", speaker, id: "duo" }, 30_000);
    expect(await take("high")).toMatchObject({ sampleRate: 24_000, loudness: -30, language: "de" });
    expect(await take()).toMatchObject({ loudness: -20, language: "en" });
    // It was not probed, and the first stands for it.
    expect(await take("many")).toMatchObject({ loudness: -20, language: "fr" });
    expect(asked[0]).toEqual(["voices.duo", 30_000]);
  });

  test("has one scheduler for each generation, whoever holds it", async () => {
    const chosen = { slot: "voices.duo", speaker: undefined, id: "duo" };
    const { voices } = hostOf(duo(1));
    const [one, two] = [await voices.take(chosen, 1), await voices.take(chosen, 1)];
    expect(one.scheduler).toBe(two.scheduler);
    expect((await hostOf(duo(2)).voices.take(chosen, 1)).scheduler).not.toBe(one.scheduler);
  });

  test("that has no such speaker is given back, and the error names those that are there", async () => {
    const generation = duo(7);
    const { voices } = hostOf(generation);
    await expect(
      voices.take({ slot: "voices.duo", speaker: "none", id: "duo/none" }, 1),
    ).rejects.toMatchObject({
      code: "voice-not-found",
      message: expect.stringMatching(/"none" in voices\.duo: in generation 7 .* low, high, many/),
    });
    expect(generation.inflight).toBe(0);
  });
});
