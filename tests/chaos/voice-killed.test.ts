import { expect, test } from "bun:test";
import type { SlotView } from "../../schemas/generated/api.ts";
import { EngineProcess } from "../support/engine-process.ts";
import { isRunning } from "../support/processes.ts";

const STILL = { voices: { slt: { settings: { noiseScale: 0, noiseW: 0 } } } };
const LONG = Array.from(
  { length: 40 },
  (_, i) => `Here is sentence number ${i}, which is spoken by one voice.`,
).join(" ");

const pidOf = (slot: SlotView) => slot.instances.find(({ state }) => state === "serving")?.pid ?? 0;

test("a voice process that is killed comes back by itself, and the next request is spoken", async () => {
  await using engine = await EngineProcess.start();
  const before = await engine.slot("voices.slt");
  process.kill(pidOf(before), "SIGKILL");
  const response = await engine.post("/v1/audio/speech", { input: "Are you there?", voice: "slt" });
  expect(response.status).toBe(200);
  expect((await response.bytes()).byteLength).toBeGreaterThan(1000);
  const after = await engine.slotUntil("voices.slt", ({ restarts }) => restarts === 1);
  expect(after).toMatchObject({ state: "ready", generation: before.generation });
  expect(pidOf(after)).not.toBe(pidOf(before));
  expect(isRunning(pidOf(before))).toBe(false);
});

test("a listener whose voice process is killed between two sentences hears the whole text", async () => {
  await using engine = await EngineProcess.start({ config: STILL });
  const request = { input: LONG, voice: "slt", response_format: "wav" };
  const whole = await (await engine.post("/v1/audio/speech", request)).bytes();
  const response = await engine.post("/v1/audio/speech", request);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const heard = [(await reader.read()).value as Uint8Array];
  process.kill(pidOf(await engine.slot("voices.slt")), "SIGKILL");
  for (let next = await reader.read(); !next.done; next = await reader.read()) heard.push(next.value);
  expect(Buffer.concat(heard).equals(whole)).toBe(true);
});

test("requests that wait for a killed voice are all spoken", async () => {
  await using engine = await EngineProcess.start();
  const pid = pidOf(await engine.slot("voices.slt"));
  const waiting = Array.from({ length: 30 }, (_, i) =>
    engine.post("/v1/audio/speech", { input: `Request number ${i}.`, voice: "slt" }),
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
  await using engine = await EngineProcess.start({ config: { voices: { beep: { plugin: "tone" } } } });
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
  expect((await engine.post("/v1/audio/speech", { input: "Hello.", voice: "slt" })).status).toBe(200);
  expect((await engine.post("/control/slots/voices.beep/reload")).status).toBe(200);
  expect((await engine.post("/v1/audio/speech", { input: "Hello.", voice: "beep" })).status).toBe(200);
});
