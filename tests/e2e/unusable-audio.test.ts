import { describe, expect, test } from "bun:test";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { addPlugin } from "../support/releases.ts";

const SLOT = "voices.sick";
const SICK = { plugin: "sick@2.0.0" };

/**
 * A voice that speaks its probe well. What it gives for other texts:
 *
 * @param gives statements that yield samples; they see `good`, one second of a tone
 */
function voiceThat(gives: string): string {
  return `import { voice } from "syrinx/sdk";
export default voice({
  load: () => ({
    sampleRate: 16000,
    speakers: [{ id: "sick", language: "en" }],
    device: "cpu",
    async *speak({ text }) {
      const good = Float32Array.from({ length: 16000 }, (_, i) => 0.2 * Math.sin(i / 5));
      if (text.startsWith("1, 2")) yield good;
      else { ${gives} }
    },
  }),
});`;
}

/** What a plugin may give instead of audio, and how the engine says so. */
const FAULTS: [fault: string, gives: string, words: string][] = [
  ["NaN", "good[7] = NaN; yield good;", "samples that are not numbers (NaN or infinite)"],
  ["infinity", "good[7] = -Infinity; yield good;", "samples that are not numbers (NaN or infinite)"],
  ["no audio", "", "no audio"],
];

/** An engine whose voice is well, and has a second version that is not. */
function start(gives: string, swap: object = {}): Promise<EngineProcess> {
  return EngineProcess.start({
    async prepare(home) {
      await addPlugin(home, { name: "sick", version: "1.0.0" }, voiceThat("yield good;"));
      await addPlugin(home, { name: "sick", version: "2.0.0" }, voiceThat(gives));
    },
    config: {
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, sick: { plugin: "sick@1.0.0" } },
      swap: { parkForMs: 0, watch: { minRequests: 1_000 }, ...swap },
    },
  });
}

function speak(engine: EngineProcess): Promise<Response> {
  const body = { input: "It speaks.", voice: "sick", response_format: "wav" };
  return engine.post("/v1/audio/speech", body);
}

/** @returns the generation that was asked, and whether all was heard */
async function outcome(engine: EngineProcess): Promise<[generation: number, heard: boolean]> {
  const response = await speak(engine);
  const generation = Number(response.headers.get("X-Syrinx-Generation"));
  return response.bytes().then(
    () => [generation, response.ok],
    () => [generation, false],
  );
}

describe("a voice that gives unusable audio", () => {
  test.each(FAULTS)(
    "%s at first: the client gets no audio and a 502 that says why",
    async (_, gives, words) => {
      await using engine = await start(gives);
      await engine.swap(SLOT, SICK);
      const response = await speak(engine);
      expect(response.status).toBe(502);
      expect(response.headers.get("Content-Type")).toContain("application/json");
      expect(await response.json()).toMatchObject({
        error: { code: "plugin-failed", message: `The voice sick@2.0.0 gave ${words}` },
      });
    },
  );

  test("NaN after good audio: the stream breaks, and the log says why", async () => {
    await using engine = await start("yield good.slice(); good[7] = NaN; yield good;");
    await engine.swap(SLOT, SICK);
    const response = await speak(engine);
    expect(response.status).toBe(200);
    await expect(response.bytes()).rejects.toThrow();
    await engine.logged("The voice sick@2.0.0 gave samples that are not numbers");
  });

  test.each(FAULTS)("%s counts for the watch: the version is rolled back", async (_, gives) => {
    await using engine = await start(gives, { watch: { minRequests: 4, maxErrorRate: 0.5 } });
    const { id } = await engine.swap(SLOT, SICK);
    for (let n = 0; n < 3; n++) await outcome(engine);
    await engine.slotUntil(SLOT, ({ running }) => running?.plugin === "sick@1.0.0");
    const record = await engine.get<SwapRecord>(`/control/swaps/${id}`);
    expect(record.stages.at(-1)).toMatchObject({
      stage: "rolled-back",
      detail: expect.stringContaining("sick@2.0.0 is not trusted because 3 of 3 utterances failed"),
    });
    expect(await outcome(engine)).toEqual([3, true]);
  });

  test.each(FAULTS)(
    "%s counts for a canary: it ends, and the old version keeps serving",
    async (_, gives) => {
      await using engine = await start(gives);
      const canary = { percent: 50, minRequests: 4, maxErrorRate: 0.25, windowMs: 60_000 };
      const swap = engine.swap(SLOT, { ...SICK, strategy: "canary", canary });
      await engine.slotUntil(SLOT, ({ instances }) => instances.some(({ state }) => state === "canary"));
      const outcomes = [
        await outcome(engine),
        await outcome(engine),
        await outcome(engine),
        await outcome(engine),
      ];
      expect(outcomes.filter(([generation, heard]) => generation === 1 && heard)).toHaveLength(2);
      expect(await swap).toMatchObject({
        code: "too-many-errors",
        detail: expect.stringContaining("2 of 2 utterances failed as a canary"),
        swap: { stage: "rolled-back" },
      });
      expect(await engine.slot(SLOT)).toMatchObject({ generation: 1, running: { plugin: "sick@1.0.0" } });
    },
  );
});
