import { describe, expect, test } from "bun:test";
import type { Problem, SlotView, SwapList, VoiceList } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { counter } from "../support/counting-voice.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { isRunning } from "../support/processes.ts";
import { addPlugin } from "../support/releases.ts";
import { addWeightyVoice, breakModel, holdModel, WEIGHTY_GRANTS } from "../support/weighty-voice.ts";

const COUNTER = counter(`snapshot: () => ({ spoken }),
  restore(state) { spoken = state.spoken; },`);

/** The voice `tone`, loaded, and `voices`. */
function startEngine(voices: object): Promise<EngineProcess> {
  return EngineProcess.start({
    async prepare(home) {
      await addWeightyVoice(home, { small: 1e8 });
      await addPlugin(home, { name: "counter", version: "1.0.0" }, COUNTER);
    },
    config: configOf(voices),
  });
}

function configOf(voices: object) {
  return {
    ...TONE_ONLY,
    plugins: { grants: WEIGHTY_GRANTS },
    voices: { ...TONE_ONLY.voices, ...voices },
    swap: { parkForMs: 0 },
  };
}

function say(engine: EngineProcess, voice: string): Promise<Response> {
  return engine.post("/v1/audio/speech", { input: "Hello.", voice, response_format: "wav" });
}

async function heard(engine: EngineProcess, voice: string): Promise<void> {
  const response = await say(engine, voice);
  expect(response.status).toBe(200);
  expect((await response.bytes()).length).toBeGreaterThan(5_000);
}

async function voicesOf(engine: EngineProcess, slot: string) {
  return (await engine.get<VoiceList>(`/v1/audio/voices?model=${slot}`)).voices;
}

async function history(engine: EngineProcess, slot: string): Promise<SwapRecord[]> {
  return (await engine.get<SwapList>(`/control/swaps?slot=${slot}`)).swaps;
}

const isUnloaded = ({ state, swap }: SlotView) => state === "unloaded" && swap === undefined;

describe("a voice that comes on demand", () => {
  const duo = { plugin: "piper", model: "en_US-duo-tiny", load: "on-demand" };

  test("is listed with its speakers and languages, and can be chosen, before its first load", async () => {
    await using engine = await startEngine({ duo });
    const release = "piper@1.0.0+en_US-duo-tiny@1.0.0";
    const voices = await voicesOf(engine, "duo");
    expect(voices.map(({ id }) => id)).toEqual(["duo", "duo/slt", "duo/rms"]);
    for (const voice of voices) expect(voice).toMatchObject({ language: "en-US", release });
    expect((await say(engine, "duo/nobody")).status).toBe(404);
    const slot = await engine.slot("voices.duo");
    expect(slot).toMatchObject({ state: "unloaded", load: "on-demand", generation: 0, instances: [] });
    expect(slot.error).toBeUndefined();
    expect(await engine.slot("voices.tone")).toMatchObject({ state: "ready", load: "eager" });
    expect(await history(engine, "voices.duo")).toEqual([]);
    // Nothing is amiss with it.
    expect((await fetch(`${engine.url}/readyz`)).status).toBe(200);

    await heard(engine, "duo/rms");
    expect(await engine.slot("voices.duo")).toMatchObject({ state: "ready", generation: 1 });
    expect(await history(engine, "voices.duo")).toMatchObject([{ reason: "demand", stage: "done" }]);
    const loaded = await voicesOf(engine, "duo");
    expect(loaded).toEqual(voices.map((voice) => ({ ...voice, sample_rate: 16_000 })));
  });

  test("is loaded once for many requests at once, and all of them are answered", async () => {
    await using engine = await startEngine({ one: { plugin: "weighty", model: "small", load: "on-demand" } });
    const release = await holdModel(engine.home, "small");
    const asked = Array.from({ length: 16 }, () => heard(engine, "one"));
    await engine.logged("holds small");
    expect(await engine.slot("voices.one")).toMatchObject({ state: "loading" });
    expect((await fetch(`${engine.url}/readyz`)).status).toBe(200);
    await release();
    await Promise.all(asked);
    expect(await engine.slot("voices.one")).toMatchObject({ state: "ready", generation: 1, restarts: 0 });
    expect(await history(engine, "voices.one")).toMatchObject([{ reason: "demand", stage: "done" }]);
  });

  test("that fails to load says why to its request, and is tried again for the next one", async () => {
    await using engine = await startEngine({ one: { plugin: "weighty", model: "small", load: "on-demand" } });
    await breakModel(engine.home, "small");
    for (const tries of [1, 2]) {
      const response = await say(engine, "one");
      expect(response.status).toBe(503);
      expect(response.headers.get("Retry-After")).toBeTruthy();
      expect(await response.json()).toMatchObject({
        error: { code: "slot-failed", message: expect.stringContaining("these weights are broken") },
      });
      const swaps = await history(engine, "voices.one");
      expect(swaps.map(({ reason, stage }) => `${reason} ${stage}`)).toEqual(
        Array.from({ length: tries }, () => "demand failed"),
      );
    }
  });

  test("is loaded at once when the config changes it to eager", async () => {
    await using engine = await startEngine({ duo });
    await engine.save(configOf({ duo: { ...duo, load: "eager" } }));
    expect(await engine.slotUntil("voices.duo", ({ state }) => state === "ready")).toMatchObject({
      load: "eager",
    });
    expect(await history(engine, "voices.duo")).toMatchObject([{ reason: "config", stage: "done" }]);
  });
});

test("a voice that nobody asks for is freed after idleUnloadMs, is still known, and comes back at the next request", async () => {
  await using engine = await startEngine({ one: { plugin: "tone", load: "on-demand", idleUnloadMs: 400 } });
  // A plugin without a model says who its speakers are when it is loaded.
  expect((await voicesOf(engine, "one")).map(({ id }) => id)).toEqual(["one"]);
  await heard(engine, "one/high");
  const [process] = (await engine.slot("voices.one")).instances;
  await engine.slotUntil("voices.one", isUnloaded);
  expect((await engine.slot("voices.one")).instances).toEqual([]);
  expect(isRunning(process?.pid ?? 0)).toBe(false);
  expect(await history(engine, "voices.one")).toMatchObject([
    { reason: "idle", stage: "done", to: null },
    { reason: "demand", stage: "done" },
  ]);
  const voices = await voicesOf(engine, "one");
  expect(voices.map(({ id }) => id)).toEqual(["one", "one/low", "one/high"]);
  expect(voices[0]).toMatchObject({ sample_rate: 16_000, release: "tone@1.0.0" });
  expect((await say(engine, "one/nobody")).status).toBe(404);
  await heard(engine, "one/low");
  expect(await engine.slot("voices.one")).toMatchObject({ generation: 2 });
});

test("requests to an eager voice that was unloaded by hand say how to load it", async () => {
  await using engine = await startEngine({ one: { plugin: "tone" } });
  const [process] = (await engine.slot("voices.one")).instances;
  const unloaded = (await (await engine.post("/control/slots/voices.one/unload")).json()) as SwapRecord;
  expect(unloaded).toMatchObject({ reason: "unload", stage: "done", to: null });
  expect(isRunning(process?.pid ?? 0)).toBe(false);
  const response = await say(engine, "one");
  expect(response.status).toBe(503);
  expect(response.headers.get("Retry-After")).toBe("30");
  expect(await response.json()).toMatchObject({
    error: {
      code: "slot-unloaded",
      message: expect.stringContaining("Load it with syrinx load, or POST /control/slots/voices.one/load"),
    },
  });
  expect(await engine.slot("voices.one")).toMatchObject({ state: "unloaded", instances: [] });
  const loaded = await engine.post("/control/slots/voices.one/load");
  expect(await loaded.json()).toMatchObject({ reason: "load", stage: "done", generation: 2 });
  await heard(engine, "one");
  const again = await engine.post("/control/slots/voices.one/load");
  expect([again.status, ((await again.json()) as Problem).code]).toEqual([409, "slot-loaded"]);
});

describe("the state of a voice", () => {
  async function count(engine: EngineProcess, spoken: number): Promise<void> {
    await heard(engine, "one");
    await engine.logged(`has spoken ${spoken}"`);
  }

  test("is restored after the voice was unloaded by hand and loaded", async () => {
    await using engine = await startEngine({ one: { plugin: "counter" } });
    await count(engine, 1);
    await count(engine, 2);
    await (await engine.post("/control/slots/voices.one/unload")).json();
    const record = (await (await engine.post("/control/slots/voices.one/load")).json()) as SwapRecord;
    expect(record.stages.find(({ stage }) => stage === "restoring")?.detail).toBe(
      "12 bytes from counter@1.0.0",
    );
    await count(engine, 3);
  });

  test("is restored after the voice was unloaded because nobody used it", async () => {
    await using engine = await startEngine({ one: { plugin: "counter", idleUnloadMs: 300 } });
    await count(engine, 1);
    await engine.slotUntil("voices.one", isUnloaded);
    await count(engine, 2);
  });
});
