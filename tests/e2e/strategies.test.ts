import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { SwapList } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { Aviary, type Bird, pidOf, stagesOf } from "../support/birds.ts";
import { isRunning } from "../support/processes.ts";
import { inTime } from "../support/until.ts";

const GOOD = { plugin: "bird@2.0.0" };

let aviary: Aviary;
beforeAll(async () => {
  aviary = await Aviary.open(12);
});
afterAll(() => aviary[Symbol.asyncDispose]());

describe("recreate", () => {
  const RECREATE = { ...GOOD, strategy: "recreate" };

  test("ends the old instance before the new one starts; requests wait meanwhile and are spoken", async () => {
    const bird = aviary.bird();
    await bird.sing();
    const first = pidOf(await bird.view());
    const swap = bird.swap(RECREATE);
    const songs = await Promise.all(Array.from({ length: 20 }, () => bird.sing()));
    const record = await swap;
    expect(record).toMatchObject({ stage: "done", strategy: "recreate", generation: 2 });
    expect(stagesOf(record)).toEqual([
      "planned",
      "admitted",
      "draining",
      "starting",
      "loading",
      "restoring",
      "probing",
      "routed",
      "done",
    ]);
    expect(songs.map(({ status }) => status)).toEqual(Array(20).fill(200));
    for (const { generation, hertz } of songs) expect(hertz).toBe(generation === 1 ? 500 : 800);
    expect(isRunning(first)).toBe(false);
    // What the old one knew was kept for the new one.
    await bird.logged("knows 1 songs");
  });

  test("that fails loads the old binding again, with its generation number and its state", async () => {
    const bird = aviary.bird();
    await bird.sing();
    const swap = bird.swap({ plugin: "bird@5.0.0", strategy: "recreate" });
    const songs = Promise.all(Array.from({ length: 10 }, () => bird.sing()));
    expect(await swap).toMatchObject({
      code: "plugin-failed",
      swap: { stage: "failed", error: { message: expect.stringContaining("I do not like this cage") } },
    });
    expect((await songs).map(({ status, hertz }) => [status, hertz])).toEqual(Array(10).fill([200, 500]));
    expect(await bird.view()).toMatchObject({ generation: 1, running: { plugin: "bird@1.0.0" } });
    await bird.logged("knows 1 songs");
  });
});

describe("a canary", () => {
  const CANARY = { strategy: "canary", canary: { percent: 25, minRequests: 4, windowMs: 0 } };

  /** Starts a swap by canary. @returns it when the canary sings */
  async function release(bird: Bird, change: object): Promise<SwapRecord> {
    const accepted = await bird.engine.post(`/control/slots/${bird.slot}/swap?wait=false`, change);
    expect(accepted.status).toBe(202);
    const { id } = (await accepted.json()) as SwapRecord;
    await bird.until(({ instances }) => instances.some(({ state }) => state === "canary"));
    return bird.engine.get<SwapRecord>(`/control/swaps/${id}`);
  }

  const steer = (id: string, what: string) => aviary.engine.post(`/control/swaps/${id}/${what}`);

  const patch = (change: object) =>
    fetch(`${aviary.engine.url}/control/config`, { method: "PATCH", body: JSON.stringify(change) });

  test("gets its share of the utterances, and all of them after its window without failures", async () => {
    const bird = aviary.bird();
    const swap = await release(bird, { ...GOOD, ...CANARY });
    expect(swap).toMatchObject({ stage: "canary", generation: 2 });
    const songs = [];
    for (let n = 0; n < 16; n++) songs.push(await bird.sing());
    expect(songs.map(({ generation }) => generation)).toEqual([
      1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 2,
    ]);
    expect(songs.map(({ hertz }) => hertz)).toEqual(
      songs.map(({ generation }) => (generation === 1 ? 500 : 800)),
    );
    await bird.until(({ generation }) => generation === 2);
    const record = await bird.engine.get<SwapRecord>(`/control/swaps/${swap.id}`);
    expect(record).toMatchObject({ stage: "done", strategy: "canary" });
    expect(record.stages.find(({ stage }) => stage === "canary")?.detail).toContain(
      "0 of 4 utterances failed",
    );
    expect(await bird.sing()).toEqual({ status: 200, generation: 2, hertz: 800 });
  });

  test("that fails too often is rolled back by itself, and other utterances do not use it", async () => {
    const bird = aviary.bird();
    const canary = { percent: 50, minRequests: 4, maxErrorRate: 0.25, windowMs: 60_000 };
    const { id } = await release(bird, { plugin: "bird@3.0.0", strategy: "canary", canary });
    const songs = [];
    for (let n = 0; n < 8; n++) songs.push(await bird.sing());
    expect(songs.filter(({ generation }) => generation === 2).length).toBeLessThanOrEqual(2);
    await bird.until(({ swap }) => swap === undefined);
    expect(await bird.engine.get<SwapRecord>(`/control/swaps/${id}`)).toMatchObject({
      stage: "rolled-back",
      error: {
        code: "too-many-errors",
        message:
          "bird@3.0.0 is not trusted because 2 of 2 utterances failed as a canary, and the highest error rate is 0.25",
      },
    });
    expect(await bird.view()).toMatchObject({
      generation: 1,
      running: { plugin: "bird@1.0.0" },
      desired: { plugin: "bird@1.0.0" },
    });
    expect((await bird.sing()).hertz).toBe(500);
  });

  test("that dies fails no request: the serving instance continues its utterances", async () => {
    const bird = aviary.bird();
    const { id } = await release(bird, {
      plugin: "bird@4.0.0",
      strategy: "canary",
      canary: { percent: 100 },
    });
    expect(await bird.sing()).toMatchObject({ status: 200, hertz: 500 });
    expect(await bird.engine.get<SwapRecord>(`/control/swaps/${id}`)).toMatchObject({
      stage: "rolled-back",
      error: { code: "plugin-crashed" },
    });
  });

  test("is promoted by hand", async () => {
    const bird = aviary.bird();
    const { id } = await release(bird, { ...GOOD, strategy: "canary" });
    expect((await steer(id, "promote")).status).toBe(200);
    expect(await bird.sing()).toMatchObject({ generation: 2, hertz: 800 });
    expect(await bird.view()).toMatchObject({ desired: { plugin: "bird@2.0.0" } });
    expect((await steer(id, "promote")).status).toBe(409);
  });

  test("is rolled back by hand", async () => {
    const bird = aviary.bird();
    const { id } = await release(bird, { ...GOOD, strategy: "canary", canary: { percent: 100 } });
    expect((await bird.sing()).generation).toBe(2);
    expect((await steer(id, "abort")).status).toBe(200);
    expect(await bird.sing()).toMatchObject({ generation: 1, hertz: 500 });
    await bird.until(({ swap }) => swap === undefined);
    expect(await bird.engine.get<SwapRecord>(`/control/swaps/${id}`)).toMatchObject({
      stage: "rolled-back",
    });
    // A number that was given is not given again.
    expect(await bird.swap(GOOD)).toMatchObject({ generation: 3 });
  });

  test("to which nobody speaks holds up no change of the config: one that touches its slot ends it", async () => {
    const bird = aviary.bird();
    const { id } = await release(bird, { ...GOOD, ...CANARY });
    expect((await patch({ speech: { maxQueue: 300 } })).status).toBe(200);
    const waits = await bird.engine.get<SwapRecord>(`/control/swaps/${id}`);
    expect(waits).toMatchObject({
      ...{ stage: "canary", actor: "loopback" },
      canary: { requests: 0, minRequests: 4, windowMs: 0 },
    });
    // One behind the other: neither waits for the canary.
    const touching = patch({
      voices: { [bird.name]: { plugin: "bird@1.0.0", settings: {}, device: "cpu" } },
    });
    const behind = patch({ speech: { maxQueue: 301 } });
    expect((await inTime("the change of the slot", touching, 20_000)).status).toBe(200);
    expect((await inTime("the change behind it", behind, 20_000)).status).toBe(200);
    const record = await bird.engine.get<SwapRecord>(`/control/swaps/${id}`);
    expect(record).toMatchObject({
      ...{ stage: "rolled-back", rolledBackBy: "overtaken" },
      error: {
        code: "swap-overtaken",
        message: expect.stringContaining("It was overtaken by a change of the config"),
      },
    });
    expect(await bird.sing()).toMatchObject({ generation: 3, hertz: 500 });
  });

  test("takes its options from the body, and refuses wrong ones", async () => {
    const bird = aviary.bird();
    for (const body of [
      { ...GOOD, canary: { percent: 10 } },
      { ...GOOD, strategy: "canary", canary: { percent: 101 } },
      { ...GOOD, strategy: "carefully" },
    ])
      expect((await bird.engine.post(`/control/slots/${bird.slot}/swap`, body)).status).toBe(400);
    expect((await steer("nobody", "promote")).status).toBe(409);
  });
});

describe("an unload", () => {
  test("frees the process; an eager voice is refused until it is loaded, with its state", async () => {
    const bird = aviary.bird();
    await bird.sing();
    const pid = pidOf(await bird.view());
    expect(await bird.act("unload")).toMatchObject({ stage: "done", reason: "unload", to: null });
    expect(isRunning(pid)).toBe(false);
    expect(await bird.view()).toMatchObject({ state: "unloaded", running: null, instances: [] });
    const refused = await bird.engine.post("/v1/audio/speech", { input: "Sing.", voice: bird.name });
    expect(refused.status).toBe(503);
    expect(refused.headers.get("Retry-After")).toBe("30");
    expect(await refused.text()).toContain(`/control/slots/${bird.slot}/load`);
    expect(await bird.act("unload")).toMatchObject({ stage: "done" });

    expect(await bird.act("load")).toMatchObject({ stage: "done", reason: "load", generation: 2 });
    expect(await bird.sing()).toEqual({ status: 200, generation: 2, hertz: 500 });
    await bird.logged("knows 1 songs");
    expect(await bird.act("load")).toMatchObject({ status: 409, code: "slot-loaded" });
  });

  test("waits for utterances that have begun", async () => {
    const bird = aviary.bird();
    const unread = await bird.engine.post("/v1/audio/speech", {
      input: "A sentence of twenty. ".repeat(1_000),
      voice: bird.name,
      response_format: "pcm",
      sample_rate: 16000,
    });
    const unload = bird.act("unload");
    await bird.until(({ state }) => state === "unloaded");
    expect((await unread.bytes()).length).toBe(1_000 * 8_000 * 2);
    expect(await unload).toMatchObject({ stage: "done" });
  });
});

test("the history has each of them with its reason and strategy", async () => {
  const bird = aviary.bird();
  await bird.swap({ ...GOOD, strategy: "blue-green" });
  await bird.act("rollback");
  await bird.act("unload");
  await bird.act("load");
  const { swaps } = await bird.engine.get<SwapList>(`/control/swaps?slot=${bird.slot}`);
  expect(swaps.map(({ reason, strategy }) => `${reason} ${strategy}`)).toEqual([
    "load auto",
    "unload auto",
    "rollback auto",
    "request blue-green",
    "start auto",
  ]);
});
