import { expect, test } from "bun:test";
import type { SwapList } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { isRunning } from "../support/processes.ts";
import { addPlugin } from "../support/releases.ts";

const LIMIT = 300_000_000;

/** Takes 400 MB more when it is told to leak, and speaks nothing until it is dead; else it speaks at once. */
const LEAKY = `import { voice } from "syrinx/sdk";
const leaked = [];
export default voice({
  load: () => ({
    sampleRate: 16000,
    speakers: [{ id: "leaky", language: "en" }],
    device: "cpu",
    async *speak({ text }) {
      if (text.includes("leak")) {
        leaked.push(new Uint8Array(400e6).fill(1));
        console.log("has leaked");
        await new Promise(() => {});
      }
      yield Float32Array.from({ length: 8000 }, (_, i) => 0.2 * Math.sin(i / 5));
    },
  }),
});`;

function speak(engine: EngineProcess, input: string): Promise<Response> {
  return engine.post("/v1/audio/speech", { input, voice: "one", response_format: "wav" });
}

test("a voice that takes too much while it loads is ended with the numbers, and what served keeps serving", async () => {
  const greedy = LEAKY.replace("load: () => ({", "load: async () => (await hoard()) ?? ({").replace(
    "const leaked = [];",
    "const leaked = []; const hoard = () => leaked.push(new Uint8Array(400e6).fill(1)) && Bun.sleep(60_000);",
  );
  await using engine = await EngineProcess.start({
    prepare: (home) => addPlugin(home, { name: "greedy", version: "1.0.0" }, greedy).then(() => {}),
    config: {
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, tone: { plugin: "tone", memoryLimitBytes: LIMIT } },
      swap: { memoryIntervalMs: 100 },
    },
  });
  await engine.swap("voices.tone", { plugin: "greedy" });
  expect(await engine.slot("voices.tone")).toMatchObject({
    state: "ready",
    running: { plugin: "tone@1.0.0" },
  });
  const { swaps } = await engine.get<SwapList>("/control/swaps?slot=voices.tone");
  expect(swaps[0]).toMatchObject({
    stage: "failed",
    error: {
      code: "memory-exceeded",
      message: expect.stringMatching(/uses [3-5]\d\d MB of host memory: its limit is 300 MB/),
    },
  });
});

test("a voice that leaks past its limit is killed and replaced with the numbers on record, and waiting requests are spoken", async () => {
  await using engine = await EngineProcess.start({
    prepare: (home) => addPlugin(home, { name: "leaky", version: "1.0.0" }, LEAKY).then(() => {}),
    config: {
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, one: { plugin: "leaky", memoryLimitBytes: LIMIT } },
      swap: { memoryIntervalMs: 100 },
    },
  });
  const pid = (await engine.slot("voices.one")).instances[0]?.pid ?? 0;
  expect((await speak(engine, "Hello.")).status).toBe(200);
  const leaking = speak(engine, "Now I leak.");
  const waiting = ["One.", "Two.", "Three."].map((text) => speak(engine, text));
  for (const answer of waiting) {
    const response = await answer;
    expect(response.status).toBe(200);
    expect((await response.bytes()).length).toBeGreaterThan(16_000);
  }
  const slot = await engine.slotUntil("voices.one", ({ restarts = 0 }) => restarts > 0);
  expect(slot).toMatchObject({ generation: 1 });
  expect(isRunning(pid)).toBe(false);
  const { swaps } = await engine.get<SwapList>("/control/swaps?slot=voices.one");
  const recovery = swaps.findLast(({ reason }) => reason === "recovery");
  expect(recovery?.stages[0]?.detail).toMatch(
    new RegExp(
      `^Process ${pid} of voices\\.one was ended because it uses [345]\\d\\d MB of host memory: ` +
        `its limit is 300 MB \\(voices\\.one\\.memoryLimitBytes\\)$`,
    ),
  );
  // Who asks for a leak gets one at each try, and an error in the end.
  expect((await leaking).status).toBeGreaterThanOrEqual(500);
  expect(await engine.slot("voices.tone")).toMatchObject({ state: "ready", restarts: 0 });
});
