import { afterAll, beforeAll, expect, test } from "bun:test";
import type { SlotView } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { isRunning } from "../support/processes.ts";

const PIPER = { plugin: "piper", model: "en_US-slt-tiny" };
/** A voice for each test, which was never killed before. */
const VOICES = {
  ...TONE_ONLY.voices,
  one: PIPER,
  still: { ...PIPER, settings: { noiseScale: 0, noiseW: 0 } },
  awaited: PIPER,
  beep: { plugin: "tone" },
};
const LONG = Array.from(
  { length: 40 },
  (_, i) => `Here is sentence number ${i}, which is spoken by one voice.`,
).join(" ");

let engine: EngineProcess;
beforeAll(async () => {
  engine = await EngineProcess.start({ config: { ...TONE_ONLY, voices: VOICES } });
});
afterAll(() => engine[Symbol.asyncDispose]());

const pidOf = (slot: SlotView) => slot.instances.find(({ state }) => state === "serving")?.pid ?? 0;

test("a voice process that is killed comes back by itself, and the next request is spoken", async () => {
  const before = await engine.slot("voices.one");
  process.kill(pidOf(before), "SIGKILL");
  const response = await engine.post("/v1/audio/speech", { input: "Are you there?", voice: "one" });
  expect(response.status).toBe(200);
  expect((await response.bytes()).byteLength).toBeGreaterThan(1000);
  const after = await engine.slotUntil("voices.one", ({ restarts }) => restarts === 1);
  expect(after).toMatchObject({ state: "ready", generation: before.generation });
  expect(pidOf(after)).not.toBe(pidOf(before));
  expect(isRunning(pidOf(before))).toBe(false);
});

test("a listener whose voice process is killed between two sentences hears the whole text", async () => {
  const request = { input: LONG, voice: "still", response_format: "wav" };
  const whole = await (await engine.post("/v1/audio/speech", request)).bytes();
  const response = await engine.post("/v1/audio/speech", request);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const heard = [(await reader.read()).value as Uint8Array];
  process.kill(pidOf(await engine.slot("voices.still")), "SIGKILL");
  for (let next = await reader.read(); !next.done; next = await reader.read()) heard.push(next.value);
  expect(Buffer.concat(heard).equals(whole)).toBe(true);
});

test("requests that wait for a killed voice are all spoken", async () => {
  const pid = pidOf(await engine.slot("voices.awaited"));
  const waiting = Array.from({ length: 30 }, (_, i) =>
    engine.post("/v1/audio/speech", { input: `Request number ${i}.`, voice: "awaited" }),
  );
  process.kill(pid, "SIGKILL");
  const statuses = await Promise.all(
    waiting.map(async (response) => [
      (await response).status,
      (await (await response).bytes()).byteLength > 500,
    ]),
  );
  expect(statuses).toEqual(statuses.map(() => [200, true]));
});

test("a voice that dies again and again is given up with the reason, and a reload brings it back", async () => {
  for (let deaths = 1; ; deaths++) {
    const slot = await engine.slotUntil(
      "voices.beep",
      ({ state }) => state === "ready" || state === "failed",
    );
    if (slot.state === "failed") break;
    expect(deaths).toBeLessThanOrEqual(6);
    const pid = pidOf(slot);
    process.kill(pid, "SIGKILL");
    await engine.slotUntil("voices.beep", (now) => now.state !== "ready" || pidOf(now) !== pid);
  }
  const refused = await engine.post("/v1/audio/speech", { input: "Hello.", voice: "beep" });
  expect(refused.status).toBe(503);
  expect(await refused.text()).toContain("until it is reloaded");
  expect((await engine.post("/v1/audio/speech", { input: "Hello.", voice: "tone" })).status).toBe(200);
  expect((await engine.post("/control/slots/voices.beep/reload")).status).toBe(200);
  expect((await engine.post("/v1/audio/speech", { input: "Hello.", voice: "beep" })).status).toBe(200);
});
