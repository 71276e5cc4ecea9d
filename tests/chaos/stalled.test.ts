import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { SlotView, SwapList } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { isRunning } from "../support/processes.ts";
import { addPlugin } from "../support/releases.ts";
import { parseWav } from "../support/wav.ts";

/** Soon enough for a test, and late enough for a machine that is busy. */
const SWAP = { healthIntervalMs: 200, healthTimeoutMs: 4_000 };
const WHY = "The plugin did not answer health within 4000 ms";

const pidOf = (slot: SlotView) => slot.instances.find(({ state }) => state === "serving")?.pid ?? 0;

/** Stops the process that serves a slot, as a debugger or a machine out of memory does. */
async function stall(engine: EngineProcess, slot: string): Promise<number> {
  const pid = pidOf(await engine.slot(slot));
  process.kill(pid, "SIGSTOP");
  return pid;
}

/** Waits until the stopped process was replaced, and checks that the reason is on record. */
async function replaced(engine: EngineProcess, slot: string, pid: number): Promise<void> {
  const after = await engine.slotUntil(slot, ({ restarts }) => restarts === 1);
  expect(after).toMatchObject({ state: "ready", generation: 1 });
  expect(pidOf(after)).not.toBe(pid);
  expect(isRunning(pid)).toBe(false);
  const { swaps } = await engine.get<SwapList>(`/control/swaps?slot=${slot}`);
  expect(swaps[0]).toMatchObject({
    reason: "recovery",
    stage: "done",
    stages: expect.arrayContaining([expect.objectContaining({ stage: "planned", detail: WHY })]),
  });
  const logged = JSON.parse(await engine.loggedOf(slot, WHY)) as object;
  expect(logged).toMatchObject({ slot, pid });
}

/** A voice that gives 30 ms for each character, a segment at once: it arrives or it does not, and is never half heard. */
const WHOLE = `import { voice } from "syrinx/sdk";
export default voice({
  load: () => ({
    sampleRate: 16000,
    speakers: [{ id: "whole", language: "en" }],
    device: "cpu",
    async *speak({ text }) {
      yield Float32Array.from({ length: 480 * text.length }, (_, i) => 0.2 * Math.sin(i / 5));
    },
  }),
});`;

/** A voice that keeps its process busy, so that it can answer nothing: for a second, or for ever. */
const BUSY = `import { voice } from "syrinx/sdk";
export default voice({
  load: () => ({
    sampleRate: 16000,
    speakers: [{ id: "busy", language: "en" }],
    device: "cpu",
    async *speak({ text }) {
      const end = performance.now() + (text.includes("ever") ? Infinity : text.includes("second") ? 1000 : 0);
      while (performance.now() < end);
      yield Float32Array.from({ length: 16000 }, (_, i) => 0.2 * Math.sin(i / 5));
    },
  }),
});`;

/** Each voice is for one test. */
const VOICES = {
  ...TONE_ONLY.voices,
  slt: { plugin: "piper", model: "en_US-slt-tiny" },
  whole: { plugin: "whole" },
  busy: { plugin: "busy" },
  busier: { plugin: "busy" },
};

let engine: EngineProcess;
beforeAll(async () => {
  engine = await EngineProcess.start({
    async prepare(home) {
      await addPlugin(home, { name: "whole", version: "1.0.0" }, WHOLE);
      await addPlugin(home, { name: "busy", version: "1.0.0" }, BUSY);
    },
    config: { ...TONE_ONLY, voices: VOICES, swap: SWAP },
  });
});
afterAll(() => engine[Symbol.asyncDispose]());

describe("a process that is paused by SIGSTOP", () => {
  test("is replaced, and every request that waits for its voice is spoken; the record has the reason", async () => {
    const pid = await stall(engine, "voices.slt");
    const waiting = Array.from({ length: 20 }, async (_, i) => {
      const response = await engine.post("/v1/audio/speech", { input: `Request number ${i}.`, voice: "slt" });
      return [response.status, (await response.bytes()).byteLength > 500];
    });
    await replaced(engine, "voices.slt", pid);
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => [200, true]));
    expect(await engine.slot("voices.tone")).toMatchObject({ restarts: 0 });
  });

  test("is replaced if it is a sink, and the new process stores the waiting utterances", async () => {
    await using engine = await EngineProcess.start({
      config: {
        ...TONE_ONLY,
        sinks: { archive: { plugin: "file", settings: { name: "{id}" } } },
        swap: SWAP,
      },
    });
    const pid = await stall(engine, "sinks.archive");
    const spoken = Array.from({ length: 5 }, async () =>
      (await engine.post("/v1/audio/speech", { input: "Keep me.", sinks: ["archive"] })).bytes(),
    );
    await Promise.all(spoken);
    await replaced(engine, "sinks.archive", pid);
    expect(await engine.stop()).toBe(0);
    expect((await readdir(join(engine.home, "data", "sinks.archive"))).length).toBe(5);
  });

  test("is replaced if it is a config source, and the file saved meanwhile is applied", async () => {
    await using engine = await EngineProcess.start({ config: { ...TONE_ONLY, swap: SWAP } });
    const pid = await stall(engine, "sources.file");
    const saved = engine.save({ ...TONE_ONLY, swap: SWAP, speech: { defaultVoice: "tone", maxQueue: 7 } });
    await replaced(engine, "sources.file", pid);
    expect(await saved).toContain("config version 2");
  });

  test("does not delay a swap while it drains, and its listener hears the rest from the new process", async () => {
    // Far more audio than fits into buffers on the way.
    const unread = await engine.post("/v1/audio/speech", {
      input: "A sentence. ".repeat(2_500),
      voice: "whole",
      response_format: "wav",
    });
    const pid = await stall(engine, "voices.whole");
    const reload = (await (await engine.post("/control/slots/voices.whole/reload")).json()) as SwapRecord;
    expect(reload).toMatchObject({ stage: "done", generation: 2 });
    expect(isRunning(pid)).toBe(false);
    expect(parseWav(await unread.bytes()).seconds).toBeGreaterThan(2_500 * 0.3);
    expect(await engine.get<SwapRecord>(`/control/swaps/${reload.id}`)).toMatchObject({ moved: 1 });
    await engine.logged("an utterance moved from generation 1 to 2");
  });
});

describe("a voice that computes without a pause", () => {
  test("is not disturbed if it takes less than the deadline", async () => {
    const before = await engine.slot("voices.busy");
    for (let i = 0; i < 3; i++)
      expect((await engine.post("/v1/audio/speech", { input: "A second.", voice: "busy" })).status).toBe(200);
    const after = await engine.slot("voices.busy");
    expect([pidOf(after), after.restarts]).toEqual([pidOf(before), 0]);
  });

  test("for ever is replaced; its request fails, and the next one is spoken", async () => {
    const endless = await engine.post("/v1/audio/speech", { input: "For ever.", voice: "busier" });
    expect(endless.status).toBe(502);
    expect((await engine.post("/v1/audio/speech", { input: "Hello.", voice: "busier" })).status).toBe(200);
    await engine.loggedOf("voices.busier", WHY);
  });
});
