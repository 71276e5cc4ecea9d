import { expect, test } from "bun:test";
import type { SwapList } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { isRunning } from "../support/processes.ts";
import { rawVoice } from "../support/raw-plugin.ts";
import { addPlugin } from "../support/releases.ts";

/** Speaks well, unless the text says otherwise. */
const MOODY = rawVoice(`
  if (text.includes("nonsense")) return write(new TextEncoder().encode("HTTP/1.1 200 OK"));
  sound(8000);
  if (text.includes("leave")) setTimeout(() => process.exit(0), 50);
  else if (text.includes("flood")) for (let frames = 0; frames < 1000; frames++) sound(16384);
  else say({ type: "result" });
`);

const UNWILLING = `import { voice } from "syrinx/sdk";
export default voice({
  load: () => ({
    sampleRate: 16000,
    speakers: [{ id: "unwilling", language: "en" }],
    device: "cpu",
    async *speak() { yield Float32Array.from({ length: 8000 }, (_, i) => 0.2 * Math.sin(i / 5)); },
    close() { throw new Error("I will not close"); },
  }),
});`;

function start(): Promise<EngineProcess> {
  return EngineProcess.start({
    async prepare(home) {
      await addPlugin(home, { name: "moody", version: "1.0.0" }, MOODY);
      await addPlugin(home, { name: "unwilling", version: "1.0.0" }, UNWILLING);
    },
    config: {
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, one: { plugin: "moody" } },
      swap: { parkForMs: 0 },
    },
  });
}

const speak = (engine: EngineProcess, input: string) =>
  engine.post("/v1/audio/speech", { input, voice: "one", response_format: "wav" });

/** Checks that the voice was replaced once, and the reason is on record. */
async function isReplaced(engine: EngineProcess, why: RegExp): Promise<void> {
  await engine.slotUntil("voices.one", ({ restarts }) => restarts === 1);
  const { swaps } = await engine.get<SwapList>("/control/swaps?slot=voices.one&limit=1");
  expect(swaps).toMatchObject([{ reason: "recovery", stage: "done" }]);
  expect(swaps[0]?.stages[0]?.detail).toMatch(why);
  expect((await speak(engine, "Hello.")).status).toBe(200);
  expect(await engine.slot("voices.tone")).toMatchObject({ restarts: 0 });
}

test("a voice that exits with code 0 during an utterance breaks that stream, and is replaced; the record has the reason", async () => {
  await using engine = await start();
  const response = await speak(engine, "Now I leave.");
  expect(response.status).toBe(200);
  expect(
    await response.bytes().then(
      () => "whole",
      () => "broken",
    ),
  ).toBe("broken");
  await isReplaced(engine, /exit code 0/);
});

test("a voice that writes garbage is replaced, and its utterance fails; the record has the reason", async () => {
  await using engine = await start();
  expect((await speak(engine, "Talk nonsense.")).status).toBe(502);
  await isReplaced(engine, /Cannot read a frame of type 47/);
});

test("a voice that sends more than it has credit for is replaced, however slowly its listener reads", async () => {
  await using engine = await start();
  const unread = await speak(engine, "Now I flood.");
  await isReplaced(engine, /Cannot take more audio .* because the credit was 262144/);
  expect(
    await unread.bytes().then(
      () => "whole",
      () => "broken",
    ),
  ).toBe("broken");
});

test("a voice that throws on close still ends, and the swap is done", async () => {
  await using engine = await start();
  await engine.swap("voices.one", { plugin: "unwilling" });
  const [old] = (await engine.slot("voices.one")).instances;
  expect((await speak(engine, "Hello.")).status).toBe(200);
  expect(await engine.swap("voices.one", { plugin: "tone" })).toMatchObject({ stage: "done", generation: 3 });
  expect(isRunning(old?.pid ?? 0)).toBe(false);
});
