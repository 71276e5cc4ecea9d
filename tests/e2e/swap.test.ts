import { describe, expect, test } from "bun:test";
import type { Problem, SwapList } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { EngineProcess, SLT_ONLY, TONE_ONLY } from "../support/engine-process.ts";
import { isRunning } from "../support/processes.ts";
import { addPlugin, addSecondVersions, PIPER_GRANTS } from "../support/releases.ts";
import { BLUE_GREEN_STAGES } from "../support/swap-stages.ts";
import { toneHz } from "../support/tone.ts";
import { parseWav } from "../support/wav.ts";

// Without noise the same generation gives the same bytes for the same text, so bytes tell who spoke every part of it.
const STILL = { noiseScale: 0, noiseW: 0 };
const TEXTS = [
  "Yes.",
  "The birch canoe slid on the smooth planks.",
  "First one sentence. Then another one. And then a third, which is the last.",
];

function startWithVersions(): Promise<EngineProcess> {
  return EngineProcess.start({
    prepare: addSecondVersions,
    config: {
      ...SLT_ONLY,
      plugins: { grants: PIPER_GRANTS },
      voices: {
        ...SLT_ONLY.voices,
        slt: { plugin: "piper@1.0.0", model: "en_US-slt-tiny@1.0.0", settings: STILL },
      },
      // What is replaced is not kept, so that its end can be seen.
      swap: { parkForMs: 0 },
    },
  });
}

async function speak(engine: EngineProcess, input: string) {
  const response = await engine.post("/v1/audio/speech", { input, voice: "slt", response_format: "wav" });
  const hash = Bun.hash(await response.bytes()).toString(16);
  const { headers } = response;
  return {
    input,
    status: response.status,
    generation: headers.get("X-Syrinx-Generation"),
    release: headers.get("X-Syrinx-Release"),
    hash,
  };
}

describe("a swap", () => {
  test("of the model and then of the plugin, during 200 requests, fails none and mixes no generations in one", async () => {
    await using engine = await startWithVersions();
    const first = (await engine.slot("voices.slt")).instances[0]?.pid ?? 0;
    const spoken: ReturnType<typeof speak>[] = [];
    const start = (count: number) => {
      for (let i = 0; i < count; i++) spoken.push(speak(engine, TEXTS[spoken.length % TEXTS.length] ?? ""));
    };

    start(100);
    await spoken[0];
    const model = engine.swap("voices.slt", { model: "en_US-slt-tiny@1.1.0" });
    start(30);
    expect(await model).toMatchObject({ stage: "done", generation: 2 });
    start(30);
    const plugin = engine.swap("voices.slt", { plugin: "piper@1.1.0" });
    start(20);
    expect(await plugin).toMatchObject({ stage: "done", generation: 3 });
    start(20);
    const results = await Promise.all(spoken);

    expect(results.length).toBe(200);
    expect(results.filter(({ status }) => status !== 200)).toEqual([]);
    const releases = new Map(results.map(({ generation, release }) => [generation, release]));
    expect(Object.fromEntries(releases)).toEqual({
      1: "piper@1.0.0+en_US-slt-tiny@1.0.0",
      2: "piper@1.0.0+en_US-slt-tiny@1.1.0",
      3: "piper@1.1.0+en_US-slt-tiny@1.1.0",
    });
    // Of each text, the first generation gave the bytes of its weights alone, and the others those of the new ones.
    for (const text of TEXTS) {
      const hashes = (of: (generation: string | null) => boolean) =>
        new Set(
          results.flatMap(({ input, generation, hash }) => (input === text && of(generation) ? [hash] : [])),
        );
      const [before, after] = [
        hashes((generation) => generation === "1"),
        hashes((generation) => generation !== "1"),
      ];
      expect([before.size, after.size]).toEqual([1, 1]);
      expect([...before]).not.toEqual([...after]);
    }
    expect(isRunning(first)).toBe(false);
    const slot = await engine.slot("voices.slt");
    expect(slot).toMatchObject({
      state: "ready",
      generation: 3,
      running: { plugin: "piper@1.1.0", model: "en_US-slt-tiny@1.1.0" },
    });
    expect(slot.instances.length).toBe(1);
  });

  test("records its stages in order, with times", async () => {
    await using engine = await startWithVersions();
    const record = await engine.swap("voices.slt", { model: "en_US-slt-tiny@1.1.0" });
    const stages = record.stages.map(({ stage }) => stage);
    expect(stages).toEqual([...BLUE_GREEN_STAGES]);
    const times = record.stages.map(({ elapsedMs }) => elapsedMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(await engine.get<SwapRecord>(`/control/swaps/${record.id}`)).toEqual(record);
    const { swaps } = await engine.get<SwapList>("/control/swaps?slot=voices.slt&limit=1");
    expect(swaps).toEqual([record]);
  });

  test("lets the old instance finish its utterances, however slowly they are read", async () => {
    await using engine = await EngineProcess.start({
      config: {
        ...TONE_ONLY,
        voices: { ...TONE_ONLY.voices, beep: { plugin: "tone", settings: { hertz: 500 } } },
        swap: { parkForMs: 0 },
      },
    });
    const old = (await engine.slot("voices.beep")).instances[0]?.pid ?? 0;
    const say = (input: string) =>
      engine.post("/v1/audio/speech", { input, voice: "beep", response_format: "wav" });
    // Ten minutes of sound: more than the sockets on the way can hold, so the rest waits until it is read.
    const response = await say("A sentence of twenty. ".repeat(950));
    const swap = engine.swap("voices.beep", { settings: { hertz: 800 } });
    const during = await engine.slotUntil("voices.beep", ({ generation }) => generation === 2);
    expect(during.instances.map(({ state, inflight }) => [state, inflight])).toContainEqual(["draining", 1]);
    const after = parseWav(await (await say("Hello.")).bytes());
    expect(Math.round(toneHz(after))).toBe(800);
    expect(isRunning(old)).toBe(true);
    const slow = parseWav(await response.bytes());
    expect(slow.seconds).toBeGreaterThan(590);
    expect(Math.round(toneHz(slow))).toBe(500);
    expect((await swap).stage).toBe("done");
    expect(isRunning(old)).toBe(false);
  });

  test("that fails leaves the old instance serving, and says where and why", async () => {
    await using engine = await EngineProcess.start({
      config: SLT_ONLY,
      async prepare(home) {
        await addPlugin(home, { name: "mute", version: "1.0.0" }, MUTE);
        await addPlugin(home, { name: "broken", version: "1.0.0" }, `throw new Error("no such luck");`);
      },
    });
    const before = await engine.slot("voices.slt");
    const failure = async (change: object) => {
      const response = await engine.post("/control/slots/voices.slt/swap", change);
      return { ...((await response.json()) as Problem), status: response.status };
    };
    expect(await failure({ plugin: "mute" })).toMatchObject({ status: 422, code: "model-unsupported" });
    expect(await failure({ plugin: "nothing" })).toMatchObject({ status: 422, code: "release-not-found" });
    expect(await failure({ model: "en_US-slt-tiny@^2.0.0" })).toMatchObject({
      status: 422,
      code: "release-not-found",
      detail: expect.stringContaining("en_US-slt-tiny@1.0.0"),
    });
    expect(await failure({ settings: { threads: 0 } })).toMatchObject({
      status: 422,
      code: "settings-invalid",
    });
    expect(await failure({ device: "cuda:7" })).toMatchObject({
      status: 422,
      code: "device-unavailable",
      swap: { stage: "failed" },
    });
    const after = await engine.slot("voices.slt");
    expect(after).toMatchObject({ state: "ready", generation: 1, running: before.running });
    expect(after.instances.map(({ pid }) => pid)).toEqual(before.instances.map(({ pid }) => pid));
    expect((await speak(engine, "Still here.")).status).toBe(200);
  });

  test("to a voice that is silent, or does not start, is refused before anyone hears it", async () => {
    await using engine = await EngineProcess.start({
      config: { ...TONE_ONLY, voices: { ...TONE_ONLY.voices, other: { plugin: "tone" } } },
      async prepare(home) {
        await addPlugin(home, { name: "mute", version: "1.0.0" }, MUTE);
        await addPlugin(home, { name: "broken", version: "1.0.0" }, `throw new Error("no such luck");`);
      },
    });
    const silent = (await (
      await engine.post("/control/slots/voices.other/swap", { plugin: "mute" })
    ).json()) as Problem;
    expect(silent).toMatchObject({ code: "probe-failed", swap: { stage: "failed" } });
    expect(silent.swap?.stages.at(-2)?.stage).toBe("probing");
    expect(silent.detail).toContain("silence");
    const broken = (await (
      await engine.post("/control/slots/voices.other/swap", { plugin: "broken" })
    ).json()) as Problem;
    expect(broken).toMatchObject({ code: "plugin-start-failed" });
    expect(broken.detail).toContain("no such luck");
    expect(await engine.slot("voices.other")).toMatchObject({
      state: "ready",
      generation: 1,
      running: { plugin: "tone@1.0.0" },
    });
  });

  test("to a plugin that runs without a model, and back", async () => {
    await using engine = await startWithVersions();
    const to = (change: object) => engine.swap("voices.slt", change);
    expect(await to({ plugin: "tone", model: null, settings: {} })).toMatchObject({
      stage: "done",
      to: { plugin: "tone@1.0.0" },
    });
    expect(await to({ plugin: "piper@1.0.0", model: "en_US-slt-tiny" })).toMatchObject({
      stage: "done",
      generation: 3,
    });
  });

  test("waits for the one before it, or is refused if it is asked not to wait", async () => {
    await using engine = await startWithVersions();
    const one = engine.post("/control/slots/voices.slt/reload?wait=false");
    const accepted = await one;
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get("Location")).toBe(
      `/control/swaps/${((await accepted.json()) as SwapRecord).id}`,
    );
    expect((await engine.post("/control/slots/voices.slt/reload?onConflict=reject")).status).toBe(409);
    expect(await engine.swap("voices.slt", { model: "en_US-slt-tiny@1.1.0" })).toMatchObject({
      stage: "done",
      generation: 3,
    });
  });
});

const MUTE = `import { voice } from "syrinx/sdk";
export default voice({
  load: () => ({
    sampleRate: 16000,
    speakers: [{ id: "mute", language: "und" }],
    device: "cpu",
    async *speak() { yield new Float32Array(16000); },
  }),
});`;
