import { expect, test } from "bun:test";
import { join } from "node:path";
import { openJournal } from "../../core/journal/mod.ts";
import type { Problem, SwapList } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { EventReader } from "../support/event-reader.ts";
import { emptyDisk, fillDisk } from "../support/file-size-limit.ts";
import { childrenOf, isRunning } from "../support/processes.ts";

const SLOT = "voices.tone";

function say(engine: EngineProcess, input: string): Promise<Response> {
  return engine.post("/v1/audio/speech", { input, response_format: "wav" });
}

/** The swaps of the slot, newest first. */
async function history(engine: EngineProcess): Promise<SwapRecord[]> {
  return (await engine.get<SwapList>(`/control/swaps?slot=${SLOT}`)).swaps;
}

/** What a later start finds in the journal. */
async function written(engine: EngineProcess): Promise<SwapRecord[]> {
  expect(await engine.stop()).toBe(0);
  const journal = openJournal(join(engine.home, "journal.sqlite"));
  const swaps = journal.swaps.swaps({ slot: SLOT, limit: 100 });
  journal.close();
  return swaps;
}

test("a full disk stops no speech and no recovery, and events from that time stay in the history", async () => {
  await using engine = await EngineProcess.start({ config: { ...TONE_ONLY, swap: { parkForMs: 0 } } });
  const [before] = (await engine.slot(SLOT)).instances;
  await using events = await EventReader.open(engine.url, { slot: SLOT });
  fillDisk(engine.pid);
  process.kill(before!.pid, "SIGKILL");
  const after = await engine.slotUntil(
    SLOT,
    ({ state, instances }) => state === "ready" && instances[0]?.pid !== before!.pid,
  );
  expect(after).toMatchObject({ generation: 1, restarts: 1 });
  expect((await say(engine, "It speaks.")).status).toBe(200);
  expect(await engine.logged("the journal cannot be written")).toContain("kept in memory");
  const shown = await history(engine);
  expect(shown.map(({ reason, stage }) => [reason, stage])).toEqual([
    ["recovery", "done"],
    ["start", "done"],
  ]);
  expect(shown[0]?.stages[0]?.detail).toContain("SIGKILL");
  const told = await events.until((event) => event.kind === "swap" && event.swap.endedAt !== undefined);
  expect(told).toMatchObject({ swap: shown[0]! });

  emptyDisk(engine.pid);
  await engine.logged("the journal is writable again");
  expect(await written(engine)).toEqual(shown);
});

test("a swap that is requested while the disk is full is refused before anything begins, and done when there is room", async () => {
  await using engine = await EngineProcess.start({ config: { ...TONE_ONLY, swap: { parkForMs: 0 } } });
  const before = await engine.slot(SLOT);
  const children = childrenOf(engine.pid);
  fillDisk(engine.pid);
  for (const [path, body] of [
    [`/control/slots/${SLOT}/swap`, { settings: { hertz: 500 } }],
    [`/control/slots/${SLOT}/swap?wait=false`, { settings: { hertz: 500 } }],
    [`/control/slots/${SLOT}/reload`, undefined],
  ] as const) {
    const response = await engine.post(path, body);
    expect(response.status).toBe(503);
    expect(response.headers.get("Retry-After")).toBe("5");
    const problem = (await response.json()) as Problem;
    expect(problem).toMatchObject({
      code: "journal-unwritable",
      title: expect.stringContaining("disk is full"),
    });
    expect(problem.detail).toContain(join(engine.home, "journal.sqlite"));
  }
  const { instances, ...rest } = before;
  const { instances: present, ...now } = await engine.slot(SLOT);
  expect(now).toEqual(rest);
  expect(present.map(({ pid }) => pid)).toEqual(instances.map(({ pid }) => pid));
  expect(childrenOf(engine.pid)).toEqual(children);
  expect((await say(engine, "The old one keeps serving.")).headers.get("X-Syrinx-Generation")).toBe("1");

  emptyDisk(engine.pid);
  expect(await engine.swap(SLOT, { settings: { hertz: 500 } })).toMatchObject({
    stage: "done",
    generation: 2,
  });
  expect((await written(engine)).map(({ reason, stage }) => [reason, stage])).toEqual([
    ["request", "done"],
    ["start", "done"],
  ]);
});

test("a swap drains to its end when the disk gets full in the middle of it", async () => {
  await using engine = await EngineProcess.start({ config: { ...TONE_ONLY, swap: { parkForMs: 0 } } });
  const [old] = (await engine.slot(SLOT)).instances;
  // Ten minutes of sound: more than the sockets on the way can hold, so the old instance is held until it is read.
  const response = await say(engine, "A sentence of twenty. ".repeat(950));
  const swap = engine.swap(SLOT, { settings: { hertz: 500 } });
  await engine.slotUntil(SLOT, ({ generation }) => generation === 2);
  fillDisk(engine.pid);
  await response.bytes();
  const record = await swap;
  expect(record.stages.map(({ stage }) => stage).slice(-3)).toEqual(["routed", "draining", "done"]);
  expect(isRunning(old!.pid)).toBe(false);
  expect((await history(engine))[0]).toEqual(record);
  emptyDisk(engine.pid);
  await engine.logged("the journal is writable again");
  expect((await written(engine))[0]).toEqual(record);
});
