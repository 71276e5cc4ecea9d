import { expect, test } from "bun:test";
import type { ConfigView, Problem, SwapList } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { act, BIRD, sing, startBirds } from "../support/birds.ts";
import { EngineProcess } from "../support/engine-process.ts";
import { addGatedVoice, GATED, openGate } from "../support/gated-voice.ts";
import { until } from "../support/until.ts";

/** How many swaps of a slot may wait. */
const MOST_WAITING = 8;

/** An engine whose slot `bird` is being swapped, until the gate of the new voice is opened. */
async function startBusy(): Promise<{ engine: EngineProcess; underWay: Promise<SwapRecord & Problem> }> {
  const engine = await startBirds();
  await addGatedVoice(engine.home);
  await engine.post("/control/plugins/rescan");
  const underWay = swap(engine, GATED);
  await engine.slotUntil(BIRD, ({ swap }) => swap !== undefined);
  return { engine, underWay };
}

async function swap(engine: EngineProcess, plugin: string): Promise<SwapRecord & Problem> {
  return (await engine.post(`/control/slots/${BIRD}/swap`, { plugin })).json() as Promise<
    SwapRecord & Problem
  >;
}

function patch(engine: EngineProcess, plugin: string): Promise<Response> {
  return fetch(`${engine.url}/control/config`, {
    method: "PATCH",
    body: JSON.stringify({ voices: { bird: { plugin } } }),
  });
}

/** Waits until so many swaps of the slot are on record. */
async function swapsUntil(engine: EngineProcess, count: number): Promise<SwapRecord[]> {
  const all = async () => (await engine.get<SwapList>(`/control/swaps?slot=${BIRD}`)).swaps;
  return until(`${count} swaps of ${BIRD} are on record`, all, { is: ({ length }) => length === count });
}

test("a change of the config is answered although swaps wait in its slot, and these are told what overtook them", async () => {
  const { engine, underWay } = await startBusy();
  await using _ = engine;
  const waiting = [
    ...[swap(engine, "bird@1.0.0"), act(engine, "reload"), act(engine, "unload")],
    ...[swap(engine, "bird@5.0.0"), swap(engine, "bird@1.0.0")],
  ];
  // The start, the swap under way, and those that wait.
  await swapsUntil(engine, 2 + waiting.length);
  const changed = patch(engine, "bird@2.0.0");
  const told = await Promise.all(waiting);
  expect(told.map(({ code }) => code)).toEqual(waiting.map(() => "swap-overtaken"));
  const [{ id } = { id: "" }] = await swapsUntil(engine, 3 + waiting.length);
  expect(told[0]?.detail).toBe(`It was overtaken before its turn by a change of the config (swap ${id})`);

  await openGate(engine.home);
  expect((await changed).status).toBe(200);
  expect(await underWay).toMatchObject({ stage: "done" });
  expect(await sing(engine)).toMatchObject({ status: 200, hertz: 800 });
  const slot = await engine.slot(BIRD);
  expect([slot.running?.plugin, slot.configured, slot.error]).toEqual(["bird@2.0.0", undefined, undefined]);

  await engine.stop();
  await using again = await EngineProcess.start({ folder: engine.folder });
  expect((await again.slot(BIRD)).running?.plugin).toBe("bird@2.0.0");
});

test("a slot takes so many swaps that wait, and the next one is told when to ask again", async () => {
  const { engine } = await startBusy();
  await using _ = engine;
  const waiting = Array.from({ length: MOST_WAITING }, () => swap(engine, "bird@2.0.0"));
  await swapsUntil(engine, 2 + MOST_WAITING);
  const refused = await engine.post(`/control/slots/${BIRD}/swap`, { plugin: "bird@1.0.0" });
  expect([refused.status, refused.headers.get("Retry-After")]).toEqual([409, "10"]);
  expect(await refused.json()).toMatchObject({ code: "swap-busy" });
  await openGate(engine.home);
  const stages = (await Promise.all(waiting)).map(({ stage }) => stage);
  expect(stages).toEqual(waiting.map(() => "done"));
});

test("a swap that waited behind another one is in the config as well, as it serves at the end", async () => {
  const { engine, underWay } = await startBusy();
  await using _ = engine;
  const second = swap(engine, "bird@2.0.0");
  await swapsUntil(engine, 3);
  await openGate(engine.home);
  expect((await underWay).config?.state).toBe("saved");
  expect((await second).config?.state).toBe("saved");
  const { document } = await engine.get<ConfigView>("/control/config");
  expect(document.voices?.bird?.plugin).toBe("bird@2.0.0");
  const { running, configured } = await engine.slot(BIRD);
  expect([running?.plugin, configured]).toEqual(["bird@2.0.0", undefined]);
});
