import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Status, SwapList } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { childrenOf, isRunning } from "../support/processes.ts";
import { rawVoice } from "../support/raw-plugin.ts";
import { addPlugin } from "../support/releases.ts";
import { inTime, until } from "../support/until.ts";

/** Speaks well, unless the text says otherwise. */
const MOODY = rawVoice(`
  if (text.includes("nonsense")) return write(new TextEncoder().encode("HTTP/1.1 200 OK"));
  if (text.includes("hang")) return;
  if (text.includes("shout")) {
    const lines = Buffer.from(("z".repeat(200) + "\\n").repeat(5_000));
    for (const fd of [1, 2]) setInterval(() => require("node:fs").writeSync(fd, lines), 0);
    return;
  }
  if (text.includes("crumbs")) {
    const crumb = encodeFrame(FRAME.audio, call, new Uint8Array(Float32Array.of(0.1).buffer));
    for (let n = 0; n < 3; n++) write(Buffer.concat(Array(10_000).fill(crumb)));
    return say({ type: "result" });
  }
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

/** @param voices their names, one for each test */
function start(voices: readonly string[], config: object = {}): Promise<EngineProcess> {
  return EngineProcess.start({
    async prepare(home) {
      await addPlugin(home, { name: "moody", version: "1.0.0" }, MOODY);
      await addPlugin(home, { name: "unwilling", version: "1.0.0" }, UNWILLING);
    },
    config: {
      ...TONE_ONLY,
      voices: {
        ...TONE_ONLY.voices,
        ...Object.fromEntries(voices.map((name) => [name, { plugin: "moody" }])),
      },
      swap: { parkForMs: 0, audioTimeoutMs: 3_000, cancelTimeoutMs: 3_000 },
      ...config,
    },
  });
}

const speak = (engine: EngineProcess, voice: string, input: string, init?: RequestInit) =>
  engine.post("/v1/audio/speech", { input, voice, response_format: "wav" }, init);

/** Checks that the voice was replaced once, and the reason is on record. */
async function isReplaced(engine: EngineProcess, voice: string, why: RegExp): Promise<void> {
  await engine.slotUntil(`voices.${voice}`, ({ restarts }) => restarts === 1);
  const { swaps } = await engine.get<SwapList>(`/control/swaps?slot=voices.${voice}&limit=1`);
  expect(swaps).toMatchObject([{ reason: "recovery", stage: "done" }]);
  expect(swaps[0]?.stages[0]?.detail).toMatch(why);
  expect((await speak(engine, voice, "Hello.")).status).toBe(200);
  expect(await engine.slot("voices.tone")).toMatchObject({ restarts: 0 });
}

describe("of the voices of one engine", () => {
  let engine: EngineProcess;
  beforeAll(async () => {
    engine = await start(["leaving", "babbling", "flooding", "closing", "hanging", "shouting", "crumbling"]);
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  test("a voice that exits with code 0 during an utterance breaks that stream, and is replaced; the record has the reason", async () => {
    const response = await speak(engine, "leaving", "Now I leave.");
    expect(response.status).toBe(200);
    expect(
      await response.bytes().then(
        () => "whole",
        () => "broken",
      ),
    ).toBe("broken");
    await isReplaced(engine, "leaving", /exit code 0/);
  });

  test("a voice that writes garbage is replaced, and its utterance fails; the record has the reason", async () => {
    expect((await speak(engine, "babbling", "Talk nonsense.")).status).toBe(502);
    await isReplaced(engine, "babbling", /Cannot read a frame of type 47/);
  });

  test("a voice that sends more than it has credit for is replaced, however slowly its listener reads", async () => {
    const unread = await speak(engine, "flooding", "Now I flood.");
    await isReplaced(engine, "flooding", /Cannot take more audio .* because the credit was 262144/);
    expect(
      await unread.bytes().then(
        () => "whole",
        () => "broken",
      ),
    ).toBe("broken");
  });

  test("a voice that throws on close still ends, and the swap is done", async () => {
    await engine.swap("voices.closing", { plugin: "unwilling" });
    const [old] = (await engine.slot("voices.closing")).instances;
    expect((await speak(engine, "closing", "Hello.")).status).toBe(200);
    expect(await engine.swap("voices.closing", { plugin: "tone" })).toMatchObject({
      stage: "done",
      generation: 3,
    });
    expect(isRunning(old?.pid ?? 0)).toBe(false);
  });

  test("a voice that never ends an utterance is replaced, and the client is told why", async () => {
    const hung = await speak(engine, "hanging", "Now I hang.");
    expect([hung.status, await hung.text()]).toEqual([
      504,
      expect.stringContaining("The plugin sent no audio for speak within 3000 ms"),
    ]);
    await isReplaced(engine, "hanging", /sent no audio for speak within 3000 ms/);
  });

  test("a voice that floods its output holds up no other voice, and does not fill the log", async () => {
    const from = engine.log.length;
    const hung = speak(engine, "shouting", "Now I shout.");
    await engine.loggedOf("voices.shouting", "lines dropped");
    const began = performance.now();
    for (let i = 0; i < 20; i++) {
      const response = await engine.post("/v1/audio/speech", { input: "Hello.", response_format: "wav" });
      expect(response.status).toBe(200);
      await response.bytes();
    }
    expect((performance.now() - began) / 20).toBeLessThan(500);
    expect((await hung).status).toBe(504);
    expect(engine.log.length - from).toBeLessThan(3_000);
    await isReplaced(engine, "shouting", /sent no audio|did not answer health/);
  });

  test("a voice that sends 30,000 frames of one sample holds up no other voice, and is heard to its end", async () => {
    const healthy = async () => {
      const response = await engine.post("/v1/audio/speech", { input: "Yes.", response_format: "wav" });
      expect(response.status).toBe(200);
      await response.bytes();
    };
    /** Requests as long as `more`. @returns ms of each, on average */
    const pace = async (more: (count: number) => boolean) => {
      const began = performance.now();
      let count = 0;
      for (; more(count); count++) await healthy();
      return (performance.now() - began) / count;
    };
    await pace((count) => count < 20);
    const before = await pace((count) => count < 100);
    let ended = false;
    const crumbs = speak(engine, "crumbling", "Now come crumbs.").then(async (response) => {
      const { byteLength } = await response.bytes();
      ended = true;
      return byteLength;
    });
    expect(await pace(() => !ended)).toBeLessThan(3 * before);
    // 16-bit samples behind a header.
    expect(await crumbs).toBeGreaterThan(60_000);
    expect(await engine.slot("voices.crumbling")).toMatchObject({ restarts: 0 });
    await engine.loggedOf("voices.crumbling", "is read slowly");
  });
});

test("clients that left a voice that hangs give their places back, and others are spoken", async () => {
  await using engine = await start(["one"], { speech: { defaultVoice: "tone", maxQueue: 3 } });
  const leaving = new AbortController();
  const left = Array.from({ length: 3 }, () =>
    speak(engine, "one", "Now I hang.", { signal: leaving.signal }).catch(() => "left"),
  );
  await until("all places are taken", async () => (await active(engine)) === 3);
  leaving.abort();
  expect(await Promise.all(left)).toEqual(["left", "left", "left"]);
  await isReplaced(engine, "one", /did not end speak within 3000 ms of its cancel|sent no audio/);
  await until("all places are free", async () => (await active(engine)) === 0);
});

test("a stop ends in time, whatever a voice and its client do", async () => {
  await using engine = await start(["one"], {
    swap: { audioTimeoutMs: 3_600_000, cancelTimeoutMs: 3_600_000 },
    server: { stopTimeoutMs: 500 },
  });
  const hung = speak(engine, "one", "Now I hang.").then(
    ({ status }) => status,
    () => "broken",
  );
  await until("the voice speaks", async () => (await active(engine)) === 1);
  const { instances } = await engine.slot("voices.one");
  expect(await inTime("the engine has ended", engine.stop(), 10_000)).toBe(0);
  expect(isRunning(instances[0]?.pid ?? 0)).toBe(false);
  expect(await hung).not.toBe(200);
  expect(engine.log.join("\n")).toContain("Not all was finished within 500 ms");
});

test("a stop ends in time, and kills a process that has not even said hello", async () => {
  await using engine = await EngineProcess.start({
    async prepare(home) {
      const neverEnds = "setInterval(() => {}, 1_000); await new Promise(() => {});";
      await addPlugin(home, { name: "silent", version: "1.0.0" }, neverEnds);
    },
    config: {
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, one: { plugin: "silent", load: "on-demand" } },
      swap: { startTimeoutMs: 3_600_000 },
      server: { stopTimeoutMs: 500 },
    },
  });
  const known = childrenOf(engine.pid);
  const asked = speak(engine, "one", "Hello.").then(
    ({ status }) => status,
    () => "broken",
  );
  const [silent] = await until("the silent process runs", () => {
    const others = childrenOf(engine.pid).filter((pid) => !known.includes(pid));
    return others.length > 0 && others;
  });
  expect(await inTime("the engine has ended", engine.stop(), 10_000)).toBe(0);
  expect(isRunning(silent!)).toBe(false);
  expect(engine.log.join("\n")).not.toContain("Not all was killed");
  expect(await asked).not.toBe(200);
});

/** How many utterances are in progress. */
async function active(engine: EngineProcess): Promise<number> {
  return (await engine.get<Status>("/control/status")).counts.utterancesActive;
}
