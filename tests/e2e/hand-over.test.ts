import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Problem, SwapList } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { counter } from "../support/counting-voice.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { addPlugin, addPluginVersion, PIPER_GRANTS } from "../support/releases.ts";

const FIRST_SHAPE = `snapshot: () => ({ spoken }),
  restore(state) {
    if (typeof state.spoken !== "number") throw new Error("this release knows a number that was spoken");
    spoken = state.spoken;
  },`;
const SECOND_SHAPE = `snapshot: () => ({ version: 2, counts: { spoken } }),
  restore(state, from) {
    spoken = from.startsWith("counter@1.") ? state.spoken : state.counts.spoken;
  },`;

/** What the old version gives instead of its state, and what the record of the swap says then. */
const NOTHING: [what: string, voice: string, state: string, detail: string][] = [
  ["has none", "none", "", "nothing to hand over"],
  [
    "throws",
    "throwing",
    `snapshot() { throw new Error("lost it"); },`,
    "nothing handed over: throwing@1.0.0 gave no state: lost it",
  ],
  [
    "gives too much",
    "vast",
    `snapshot: () => "x".repeat(2 ** 20),`,
    "nothing handed over: the state of vast@1.0.0 has 1,048,578 bytes, and the most are 1,048,576",
  ],
  [
    "does not answer",
    "mute",
    `snapshot: () => new Promise(() => {}),`,
    "nothing handed over: mute@1.0.0 gave no state: The plugin did not answer snapshot within 5000 ms",
  ],
];
/** Voices with the plugin `counter`, one for each test. */
const COUNTING = ["handed", "refused", "kept"];

let engine: EngineProcess;
beforeAll(async () => {
  engine = await EngineProcess.start({
    async prepare(home) {
      await addPlugin(home, { name: "counter", version: "1.0.0" }, counter(FIRST_SHAPE));
      await addPlugin(home, { name: "counter", version: "2.0.0" }, counter(SECOND_SHAPE));
      for (const [, name, state] of NOTHING) {
        await addPlugin(home, { name, version: "1.0.0" }, counter(state));
        await addPlugin(home, { name, version: "2.0.0" }, counter(SECOND_SHAPE));
      }
    },
    config: {
      ...TONE_ONLY,
      voices: {
        ...TONE_ONLY.voices,
        ...Object.fromEntries(COUNTING.map((voice) => [voice, { plugin: "counter@1.0.0" }])),
        ...Object.fromEntries(NOTHING.map(([, voice]) => [voice, { plugin: `${voice}@1.0.0` }])),
      },
    },
  });
});
afterAll(() => engine[Symbol.asyncDispose]());

async function speak(voice: string, spoken: number): Promise<void> {
  const response = await engine.post("/v1/audio/speech", { input: "Hello.", voice });
  expect(response.status).toBe(200);
  await response.bytes();
  await engine.loggedOf(`voices.${voice}`, `has spoken ${spoken}"`);
}

const restoring = ({ stages }: SwapRecord) => stages.find(({ stage }) => stage === "restoring")?.detail;

describe("the state of a plugin", () => {
  test("is handed to the next version, which reads the older shape, and the record says so", async () => {
    await speak("handed", 1);
    await speak("handed", 2);
    const record = await engine.swap("voices.handed", { plugin: "counter@2.0.0" });
    expect(record).toMatchObject({ stage: "done", generation: 2 });
    expect(restoring(record)).toBe("12 bytes from counter@1.0.0");
    expect(await engine.get<SwapRecord>(`/control/swaps/${record.id}`)).toEqual(record);
    await speak("handed", 3);
    const reload = await (await engine.post("/control/slots/voices.handed/reload")).json();
    expect(restoring(reload as SwapRecord)).toBe("35 bytes from counter@2.0.0");
    await speak("handed", 4);
  });

  test("that an older version refuses at a rollback leaves the newer one serving, with its state", async () => {
    await engine.swap("voices.refused", { plugin: "counter@2.0.0" });
    await speak("refused", 1);
    const response = await engine.post("/control/slots/voices.refused/swap", { plugin: "counter@1.0.0" });
    const problem = (await response.json()) as Problem;
    expect(problem).toMatchObject({
      status: 422,
      code: "state-refused",
      detail:
        "Cannot hand the state of counter@2.0.0 to counter@1.0.0 because that refuses it: this release knows a number that was spoken",
    });
    expect(problem.swap?.stages.slice(-2).map(({ stage }) => stage)).toEqual(["restoring", "failed"]);
    const slot = await engine.slot("voices.refused");
    expect(slot).toMatchObject({ state: "ready", generation: 2, running: { plugin: "counter@2.0.0" } });
    expect(slot.instances.length).toBe(1);
    await speak("refused", 2);
  });

  test("is not handed to another plugin, nor to the process that follows one that died", async () => {
    await speak("kept", 1);
    process.kill((await engine.slot("voices.kept")).instances[0]?.pid ?? 0, "SIGKILL");
    await engine.slotUntil("voices.kept", ({ restarts }) => restarts === 1);
    const { swaps } = await engine.get<SwapList>("/control/swaps?slot=voices.kept&limit=1");
    expect(swaps).toMatchObject([{ reason: "recovery", stage: "done" }]);
    expect(swaps[0]?.stages[0]).toMatchObject({
      stage: "planned",
      detail: expect.stringContaining("killed by SIGKILL"),
    });
    expect(restoring(swaps[0]!)).toBe("nothing to hand over");
    const other = await engine.swap("voices.kept", { plugin: "tone" });
    expect(restoring(other)).toBe("nothing to hand over: counter@1.0.0 is another plugin");
  });

  test.each(NOTHING)("never stops a new version: the old one %s", async (_, voice, __, detail) => {
    const record = await engine.swap(`voices.${voice}`, { plugin: `${voice}@2.0.0` });
    expect(record.stage).toBe("done");
    expect(restoring(record)).toBe(detail);
    await speak(voice, 1);
  });
});

test("a piper voice that is swapped knows the phonemes of what was spoken before", async () => {
  await using engine = await EngineProcess.start({
    prepare: (home) => addPluginVersion(home, "piper", "1.1.0"),
    config: {
      plugins: { grants: PIPER_GRANTS },
      voices: { slt: { plugin: "piper@1.0.0" }, rms: null },
      sinks: { archive: null },
    },
  });
  const sizes: number[] = [];
  for (const [plugin, from] of [
    ["piper@1.1.0", "piper@1.0.0"],
    ["piper@1.0.0", "piper@1.1.0"],
  ]) {
    const spoken = await engine.post("/v1/audio/speech", { input: `Spoken by ${from}.`, voice: "slt" });
    await spoken.bytes();
    const detail = restoring(await engine.swap("voices.slt", { plugin })) ?? "";
    expect(detail).toEndWith(` bytes from ${from}`);
    sizes.push(Number.parseInt(detail.replace(",", ""), 10));
  }
  expect(sizes[1]).toBeGreaterThan(sizes[0]!);
});
