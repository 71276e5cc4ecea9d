import { afterAll, beforeAll, expect, test } from "bun:test";
import { validator } from "../../core/schema.ts";
import type { SlotTraffic, SlotView, Status } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { addPlugin } from "../support/releases.ts";

const isSlot = validator<SlotView>("syrinx:api#/$defs/SlotView");

/** Speaks one at a time; stays with some texts until it is told to stop, and breaks at others. */
const MOODY = `import { voice } from "syrinx/sdk";
export default voice({
  load: () => ({
    sampleRate: 16_000,
    speakers: [{ id: "moody", language: "en" }],
    device: "cpu",
    concurrency: 1,
    async *speak({ text }, signal) {
      if (text.includes("break")) throw new Error("it broke");
      yield Float32Array.from({ length: 8_000 }, (_, i) => 0.2 * Math.sin(i / 5));
      if (text.includes("stay") && !signal.aborted)
        await new Promise((stop) => signal.addEventListener("abort", stop));
    },
  }),
});`;

let engine: EngineProcess;
beforeAll(async () => {
  engine = await EngineProcess.start({
    config: {
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, moody: { plugin: "moody" } },
      speech: { defaultVoice: "tone", maxQueue: 2 },
    },
    prepare: async (home) => void (await addPlugin(home, { name: "moody", version: "1.0.0" }, MOODY)),
  });
});
afterAll(() => engine[Symbol.asyncDispose]());

function say(voice: string, input: string, signal?: AbortSignal): Promise<Response> {
  const body = { voice, input, response_format: "pcm" };
  return engine.post("/v1/audio/speech", body, signal && { signal });
}

async function traffic(voice: string): Promise<SlotTraffic> {
  const slot = await engine.slot(`voices.${voice}`);
  if (!isSlot(slot)) throw new Error(JSON.stringify(isSlot.violations()));
  return slot.traffic!;
}

async function trafficUntil(voice: string, is: (traffic: SlotTraffic) => boolean): Promise<SlotTraffic> {
  return (await engine.slotUntil(`voices.${voice}`, ({ traffic: now }) => is(now!))).traffic!;
}

test("each voice shows its requests per second, time to first audio, and queue", async () => {
  const none = { requestsPerSecond: 0, failedLastMinute: 0, active: 0, queued: 0, maxQueue: 2 };
  expect(await traffic("tone")).toEqual(none);
  expect((await engine.slot("sources.file")).traffic).toBeUndefined();
  for (const _ of [1, 2, 3]) await (await say("tone", "Good morning.")).bytes();
  expect(await traffic("tone")).toEqual({
    ...none,
    requestsPerSecond: 0.3,
    firstAudioP95Ms: expect.any(Number),
  });
  expect((await traffic("tone")).firstAudioP95Ms).toBeWithin(1, 5_000);
  expect((await engine.get<Status>("/control/status")).counts.requestsPerSecond).toBe(0.3);

  const leaving = new AbortController();
  const first = await say("moody", "I stay.", leaving.signal);
  const second = say("moody", "I wait.", leaving.signal).catch(() => {});
  expect(await trafficUntil("moody", ({ active }) => active === 2)).toMatchObject({ queued: 1 });
  expect((await say("moody", "I am too many.")).status).toBe(429);
  leaving.abort();
  await Promise.all([first.bytes().catch(() => {}), second]);
  expect(await trafficUntil("moody", ({ active }) => active === 0)).toMatchObject({
    requestsPerSecond: 0.3,
    // The one that found no place; of the others the client went away.
    failedLastMinute: 1,
    queued: 0,
  });
});

test("an utterance that the voice cannot finish is a failure of that voice alone", async () => {
  const before = (await traffic("moody")).failedLastMinute;
  expect((await say("moody", "I break.")).ok).toBe(false);
  expect((await traffic("moody")).failedLastMinute).toBe(before + 1);
  expect((await traffic("tone")).failedLastMinute).toBe(0);
});
