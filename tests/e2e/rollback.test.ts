import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { SwapList } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { Aviary, Bird, pidOf, stagesOf, startBirds } from "../support/birds.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { isRunning } from "../support/processes.ts";

const GOOD = { plugin: "bird@2.0.0" };
const MUTE = { plugin: "bird@3.0.0" };
const DEADLY = { plugin: "bird@4.0.0" };

let aviary: Aviary;
beforeAll(async () => {
  aviary = await Aviary.open(4);
});
afterAll(() => aviary[Symbol.asyncDispose]());

describe("a rollback", () => {
  test("uses the parked instance: no process is started", async () => {
    const bird = aviary.bird();
    const first = pidOf(await bird.view());
    await bird.swap(GOOD);
    expect(await bird.view()).toMatchObject({
      running: { plugin: "bird@2.0.0" },
      rollback: { plugin: "bird@1.0.0" },
      instances: [{ state: "serving" }, { pid: first, state: "parked" }],
    });
    const back = await bird.act("rollback");
    expect(back).toMatchObject({ reason: "rollback", stage: "done", generation: 3 });
    expect(stagesOf(back)).toEqual(["planned", "restoring", "routed", "draining", "done"]);
    const slot = await bird.view();
    expect(slot).toMatchObject({ running: { plugin: "bird@1.0.0" }, desired: { plugin: "bird@1.0.0" } });
    expect(pidOf(slot)).toBe(first);
    expect(await bird.sing()).toEqual({ status: 200, generation: 3, hertz: 500 });
  });

  test("works without a parked instance too, even if the old version refuses the new one's state", async () => {
    await using own = await Aviary.open(1, { parkForMs: 0 });
    const bird = own.bird();
    const first = pidOf(await bird.view());
    await bird.sing();
    await bird.swap(GOOD);
    await bird.logged("knows 1 songs");
    expect(isRunning(first)).toBe(false);
    const back = await bird.act("rollback");
    expect(back).toMatchObject({ stage: "done", to: { plugin: "bird@1.0.0" } });
    expect(back.stages.find(({ stage }) => stage === "restoring")?.detail).toBe(
      "nothing handed over: bird@1.0.0 refuses the state of bird@2.0.0: this is no song book of mine",
    );
    expect((await bird.sing()).hertz).toBe(500);
    // And to and fro.
    expect(await bird.act("rollback")).toMatchObject({ stage: "done", to: { plugin: "bird@2.0.0" } });
  });

  test("hands the newer state to the parked instance, if it accepts it", async () => {
    const bird = aviary.bird();
    await bird.swap(GOOD);
    await bird.act("rollback");
    await bird.sing();
    await bird.sing();
    const forth = await bird.act("rollback");
    expect(forth).toMatchObject({ stage: "done", to: { plugin: "bird@2.0.0" } });
    await bird.logged("knows 2 songs");
  });

  test("does not wait for the old instance to drain, and no utterance is lost", async () => {
    const bird = aviary.bird();
    const long = bird.engine.post("/v1/audio/speech", {
      input: "A sentence of twenty. ".repeat(1_000),
      voice: bird.name,
      response_format: "pcm",
      sample_rate: 16000,
    });
    const unread = await long;
    const swap = bird.swap(GOOD);
    await bird.until(({ generation }) => generation === 2);
    expect(await bird.act("rollback")).toMatchObject({ stage: "done", generation: 3 });
    expect(await swap).toMatchObject({ stage: "rolled-back", generation: 2 });
    expect((await bird.sing()).hertz).toBe(500);
    expect((await unread.bytes()).length).toBe(1_000 * 8_000 * 2);
  });

  test("knows what served before a restart of the engine", async () => {
    await using engine = await startBirds();
    await engine.swap("voices.bird", GOOD);
    expect(await engine.stop()).toBe(0);
    const config = { ...TONE_ONLY, voices: { ...TONE_ONLY.voices, bird: { plugin: "bird@2.0.0" } } };
    await using again = await EngineProcess.start({ config, args: ["--home", engine.home] });
    const bird = new Bird(again, "bird");
    await bird.until(({ state }) => state === "ready");
    expect(await bird.act("rollback")).toMatchObject({ stage: "done", to: { plugin: "bird@1.0.0" } });
  });

  test("of a slot with no earlier binding is refused", async () => {
    const bird = aviary.bird();
    expect(await bird.act("rollback")).toMatchObject({ status: 409, code: "nothing-to-roll-back" });
  });
});

describe("a new version that fails", () => {
  test("in its requests is rolled back by itself, and both records say why", async () => {
    await using own = await Aviary.open(1, { watch: { minRequests: 4 } });
    const bird = own.bird();
    const bad = await bird.swap(MUTE);
    expect(bad).toMatchObject({ stage: "done", generation: 2 });
    const songs = [await bird.sing(), await bird.sing(), await bird.sing()];
    expect(songs.map(({ generation, hertz }) => [generation, hertz])).not.toContainEqual([2, 500]);
    const slot = await bird.until(({ generation }) => generation === 3);
    expect(slot).toMatchObject({ running: { plugin: "bird@1.0.0" }, desired: { plugin: "bird@1.0.0" } });
    expect((await bird.sing()).hertz).toBe(500);

    const why =
      "bird@3.0.0 is not trusted because 3 of 3 utterances failed, and the highest error rate is 0.5";
    const { swaps } = await bird.engine.get<SwapList>(`/control/swaps?slot=${bird.slot}&limit=2`);
    expect(swaps).toMatchObject([
      { reason: "rollback", to: { plugin: "bird@1.0.0" } },
      { id: bad.id, stage: "rolled-back" },
    ]);
    expect(swaps[0]?.stages[0]).toMatchObject({ stage: "planned", detail: why });
    expect(swaps[1]?.stages.at(-1)).toMatchObject({ stage: "rolled-back", detail: why });
  });

  test("by dying again and again is rolled back, and waiting requests are spoken", async () => {
    await using own = await Aviary.open(1, { watch: { maxErrorRate: 1 } });
    const bird = own.bird();
    await bird.swap(DEADLY);
    const songs = await Promise.all(Array.from({ length: 6 }, () => bird.sing()));
    const slot = await bird.until(({ running }) => running?.plugin === "bird@1.0.0");
    expect(slot).toMatchObject({ state: "ready", generation: 3 });
    expect((await bird.sing()).hertz).toBe(500);
    // Nobody was told 200 and heard nothing.
    expect(songs.filter(({ status, hertz }) => status === 200 && hertz === 0)).toEqual([]);
    const { swaps } = await bird.engine.get<SwapList>(`/control/swaps?slot=${bird.slot}&limit=50`);
    const of = (reason: SwapRecord["reason"]) => swaps.filter((swap) => swap.reason === reason);
    expect(of("request")).toMatchObject([{ stage: "rolled-back" }]);
    expect(of("rollback")).toMatchObject([{ stage: "done" }]);
  });

  test("only after the watch window stays", async () => {
    await using own = await Aviary.open(1, { watch: { windowMs: 0, minRequests: 1 } });
    const bird = own.bird();
    await bird.swap(MUTE);
    await Promise.all(Array.from({ length: 5 }, () => bird.sing()));
    expect(await bird.view()).toMatchObject({ generation: 2, running: { plugin: "bird@3.0.0" } });
  });
});
