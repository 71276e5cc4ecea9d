import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { SlotView, SwapList } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { CommandLine } from "../support/command-line.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { isRunning } from "../support/processes.ts";
import { addPlugin } from "../support/releases.ts";
import { toneHz } from "../support/tone.ts";
import { parseWav, type Wav } from "../support/wav.ts";

/** A sentence is a segment, and a segment is three seconds of a tone. */
const SENTENCE = "There are exactly as many letters as that. ";
const SECONDS = 3;
/** Ten minutes of sound: more than the sockets on the way can hold, so the rest waits until it is read. */
const SEGMENTS = 200;
const TEXT = SENTENCE.repeat(SEGMENTS).trimEnd();

interface ToneVoice {
  hertz: number;
  sampleRate?: number;
  speaker?: string;
  /** Length of a segment. */
  seconds?: number;
  /** Length of what it gives at once. */
  chunkSeconds?: number;
  /** Statements that load it; they see `dataDirectory`. */
  load?: string;
}

/** A voice that speaks a tone, so that the pitch tells who has spoken, and tells the log of each segment. */
function voice(tone: ToneVoice): string {
  const { hertz, sampleRate = 16_000, speaker = "one", load = "" } = tone;
  const { seconds = SECONDS, chunkSeconds = SECONDS } = tone;
  return `import { existsSync, writeFileSync } from "node:fs";
import { voice } from "syrinx/sdk";
// Whole periods of the tone, so that each piece continues the one before.
const piece = Float32Array.from({ length: ${chunkSeconds * sampleRate} }, (_, i) => 0.2 * Math.sin(${(2 * Math.PI * hertz) / sampleRate} * i));
export default voice({
  async load({ dataDirectory }) {
    ${load}
    return {
      sampleRate: ${sampleRate},
      speakers: [{ id: "${speaker}", language: "en" }],
      device: "cpu",
      async *speak({ text }) {
        const isProbe = text.startsWith("1, 2");
        if (!isProbe) console.log("speaks a segment");
        const total = (isProbe ? ${SECONDS} : ${seconds}) * ${sampleRate};
        for (let at = 0; at < total; at += piece.length) yield piece.slice();
      },
    };
  },
});`;
}

/** Loads once only, so that its process, once dead, does not come back. */
const MORTAL = `if (existsSync(dataDirectory + "/loaded")) await new Promise(() => {});
  writeFileSync(dataDirectory + "/loaded", "");`;
/** Two segments are more than the sockets on the way can hold, and each is many times what there is credit for. */
const VAST = { sampleRate: 24_000, seconds: 120, chunkSeconds: 0.5 };
const OWN_DATA = { read: ["$DATA"], write: ["$DATA"] };

/** @param voices their names, one for each test */
function start(voices: readonly string[], drainTimeoutMs: number): Promise<EngineProcess> {
  return EngineProcess.start({
    async prepare(home) {
      const add = (name: string, version: string, tone: ToneVoice, permissions = {}) =>
        addPlugin(home, { name, version, permissions }, voice(tone));
      await add("beep", "1.0.0", { hertz: 500 });
      await add("beep", "2.0.0", { hertz: 800 });
      await add("wide", "1.0.0", { hertz: 800, sampleRate: 24_000 });
      await add("vast", "1.0.0", { ...VAST, hertz: 500 });
      await add("vast", "2.0.0", { ...VAST, hertz: 800 });
      await add("mortal", "1.0.0", { hertz: 500, load: MORTAL }, OWN_DATA);
      await add("stranger", "1.0.0", { hertz: 800, speaker: "other" });
    },
    config: {
      ...TONE_ONLY,
      voices: {
        ...TONE_ONLY.voices,
        ...Object.fromEntries(voices.map((name) => [name, { plugin: "beep@1.0.0" }])),
      },
      plugins: { grants: { mortal: OWN_DATA } },
      // What is replaced is not kept, so that its end can be seen.
      swap: { parkForMs: 0, drainTimeoutMs },
    },
  });
}

/** A listener who hears when they want to. */
async function listen(engine: EngineProcess, voice: string, input = TEXT) {
  const response = await engine.post("/v1/audio/speech", { input, voice, response_format: "wav" });
  expect(response.status).toBe(200);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const heard = [(await reader.read()).value as Uint8Array];
  return {
    async rest() {
      for (let next = await reader.read(); !next.done; next = await reader.read()) heard.push(next.value);
      return parseWav(Buffer.concat(heard));
    },
  };
}

/** @returns the pitch of each segment, in Hz; there have to be as many as they should be, in full */
function pitches({ samples, sampleRate }: Wav, segments: number, seconds: number): number[] {
  const length = seconds * sampleRate;
  expect(samples.length).toBe(segments * length);
  return Array.from({ length: segments }, (_, i) =>
    Math.round(toneHz({ samples: samples.subarray(i * length + 50, (i + 1) * length - 50), sampleRate })),
  );
}

/** Expects every segment in full, first those of the one voice, then those of the other. */
function expectWhole(wav: Wav, segments = SEGMENTS, seconds = SECONDS): void {
  const heard = pitches(wav, segments, seconds);
  const before = heard.filter((hertz) => hertz === 500).length;
  expect(heard).toEqual([...Array<number>(before).fill(500), ...Array<number>(segments - before).fill(800)]);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(segments);
}

const pidOf = (slot: SlotView) => slot.instances.find(({ state }) => state === "serving")?.pid ?? 0;

describe("an utterance that outlives its generation", () => {
  let engine: EngineProcess;
  beforeAll(async () => {
    engine = await start(["same", "other", "vast", "many", "lost", "counted"], 0);
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  test.each([
    ["of the same sample rate", "same", { plugin: "beep@2.0.0" }],
    ["of another sample rate", "other", { plugin: "wide" }],
  ])("is whole: a slow listener hears the rest from a new voice %s", async (_, voice, change) => {
    const slot = `voices.${voice}`;
    const from = engine.log.length;
    const old = pidOf(await engine.slot(slot));
    const listener = await listen(engine, voice);
    const record = await engine.swap(slot, change);
    expect(record).toMatchObject({ stage: "done", generation: 2, moved: 1 });
    // Its process is gone, and most of the text is still to be spoken.
    expect(isRunning(old)).toBe(false);
    const spoken = engine.log.slice(from).filter((line) => line.includes("speaks a segment"));
    expect(spoken.length).toBeLessThan(SEGMENTS);
    expectWhole(await listener.rest());
    expect(await engine.get<SwapRecord>(`/control/swaps/${record.id}`)).toEqual(record);
    expect(await engine.logged("an utterance moved from generation 1 to 2", from)).toContain("within 0 ms");
    await engine.logged("utterances moved: 1", from);
    expect((await engine.slotUntil(slot, ({ instances }) => instances[0]?.inflight === 0)).state).toBe(
      "ready",
    );
  });

  test("does not delay the end of the old process: its current segments are buffered first", async () => {
    expect(await engine.swap("voices.vast", { plugin: "vast@1.0.0" })).toMatchObject({ stage: "done" });
    const old = pidOf(await engine.slot("voices.vast"));
    const listener = await listen(engine, "vast", SENTENCE.repeat(5).trimEnd());
    expect(await engine.swap("voices.vast", { plugin: "vast@2.0.0" })).toMatchObject({
      stage: "done",
      moved: 1,
    });
    expect(isRunning(old)).toBe(false);
    expectWhole(await listener.rest(), 5, VAST.seconds);
  });

  test("is complete after many swaps, for many utterances, and no segment has two voices", async () => {
    const from = engine.log.length;
    const listeners = await Promise.all(Array.from({ length: 5 }, () => listen(engine, "many")));
    const hearing = listeners.slice(1).map((listener) => listener.rest());
    const records: SwapRecord[] = [];
    for (const plugin of ["beep@2.0.0", "beep@1.0.0", "wide", "beep@1.0.0"])
      records.push(await engine.swap("voices.many", { plugin }));
    expect(records.map(({ stage }) => stage)).toEqual(["done", "done", "done", "done"]);
    expect(records[0]?.moved).toBeGreaterThan(0);
    for (const wav of await Promise.all([listeners[0]!.rest(), ...hearing])) {
      const heard = pitches(wav, SEGMENTS, SECONDS);
      expect(heard.filter((hertz) => hertz !== 500 && hertz !== 800)).toEqual([]);
    }
    expect(engine.log.slice(from).filter((line) => line.includes("an utterance failed"))).toEqual([]);
  });

  test("ends with an error if the new voice does not have its speaker: the connection breaks", async () => {
    const from = engine.log.length;
    const listener = await listen(engine, "lost/one");
    expect(await engine.swap("voices.lost", { plugin: "stranger" })).toMatchObject({ stage: "done" });
    await expect(listener.rest()).rejects.toThrow();
    const line = await engine.logged("an utterance failed", from);
    expect(line).toContain("Cannot continue an utterance of generation 1");
    expect(line).toContain(`There is no speaker \\"one\\"`);
  });

  test("is counted in the history and in the last event of the swap", async () => {
    await using line = await CommandLine.open();
    const listener = await listen(engine, "counted");
    const swap = await line.run(["swap", "counted", "--plugin", "beep@2.0.0", "--url", engine.url]);
    expect(new TextDecoder().decode(swap.stdout)).toContain("utterances that moved to it: 1");
    const history = await line.run(["history", "--slot", "counted", "--url", engine.url]);
    const [heading, newest] = new TextDecoder().decode(history.stdout).split("\n");
    expect(heading).toEndWith("MOVED");
    expect(newest).toEndWith(" 1");
    const { swaps } = await engine.get<SwapList>("/control/swaps?slot=voices.counted");
    expect(swaps.map(({ moved }) => moved)).toEqual([1, undefined]);
    expectWhole(await listener.rest());
  });
});

describe("an utterance whose generation has long to drain", () => {
  let engine: EngineProcess;
  beforeAll(async () => {
    engine = await start(["killed", "dead"], 600_000);
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  test("is whole when the replaced process, which drains, is killed", async () => {
    const from = engine.log.length;
    const old = pidOf(await engine.slot("voices.killed"));
    const listener = await listen(engine, "killed");
    const swapped = engine.swap("voices.killed", { plugin: "beep@2.0.0" });
    const during = await engine.slotUntil("voices.killed", ({ generation }) => generation === 2);
    expect(during.instances).toContainEqual(
      expect.objectContaining({ pid: old, state: "draining", inflight: 1 }),
    );
    process.kill(old, "SIGKILL");
    const { id } = await swapped;
    expectWhole(await listener.rest());
    expect(await engine.get<SwapRecord>(`/control/swaps/${id}`)).toMatchObject({ stage: "done", moved: 1 });
    expect(await engine.logged("an utterance moved", from)).toContain("SIGKILL");
  });

  test("is whole when its process died before the swap and was not back yet", async () => {
    expect(await engine.swap("voices.dead", { plugin: "mortal" })).toMatchObject({ stage: "done" });
    const listener = await listen(engine, "dead");
    process.kill(pidOf(await engine.slot("voices.dead")), "SIGKILL");
    await engine.slotUntil("voices.dead", ({ state }) => state === "recovering");
    expect(await engine.swap("voices.dead", { plugin: "beep@2.0.0" })).toMatchObject({ generation: 3 });
    expectWhole(await listener.rest());
    const { swaps } = await engine.get<SwapList>("/control/swaps?slot=voices.dead");
    expect(swaps.filter(({ reason }) => reason === "request").map(({ moved }) => moved)).toEqual([
      1,
      undefined,
    ]);
  });
});
