import { expect, test } from "bun:test";
import type { Problem, SlotList, SwapList } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { act, BIRD, sing, startBirds } from "../support/birds.ts";
import type { EngineProcess } from "../support/engine-process.ts";
import { childrenOf, isRunning } from "../support/processes.ts";
import { until } from "../support/until.ts";

const ADMINS = 6;
const COMMANDS = 12;
const LISTENERS = 8;
const LONG_MS = 180_000;
/** What an admin may be told who comes at a bad time; anything else is a fault. */
const FAIR = [
  "nothing-to-roll-back",
  "slot-loaded",
  "swap-busy",
  "swap-not-canary",
  // What bird@5.0.0 is made for, and what bird@1.0.0 says to the state of bird@2.0.0.
  "plugin-failed",
  "state-refused",
  "swap-aborted",
  "swap-overtaken",
  // Others have given the slot something else meanwhile.
  "cancelled",
];

const COMMANDS_OF: readonly ((engine: EngineProcess) => Promise<unknown>)[] = [
  (engine) => swap(engine, { plugin: "bird@2.0.0" }),
  (engine) => swap(engine, { plugin: "bird@1.0.0", strategy: "recreate" }),
  (engine) => swap(engine, { plugin: "bird@5.0.0" }),
  (engine) => swap(engine, { plugin: "bird@5.0.0", strategy: "recreate" }),
  (engine) => swap(engine, { plugin: "bird@2.0.0" }, "&onConflict=reject"),
  (engine) => canary(engine, "promote"),
  (engine) => canary(engine, "abort"),
  (engine) => act(engine, "reload"),
  (engine) => act(engine, "rollback"),
  (engine) => act(engine, "unload"),
  (engine) => act(engine, "load"),
  (engine) => act(engine, "load"),
];

async function swap(engine: EngineProcess, change: object, query = ""): Promise<unknown> {
  return (await engine.post(`/control/slots/${BIRD}/swap?wait=true${query}`, change)).json();
}

/** Begins a canary and ends it, if it comes as far. */
async function canary(engine: EngineProcess, end: "promote" | "abort"): Promise<unknown> {
  const change = { plugin: "bird@2.0.0", strategy: "canary", canary: { percent: 50, windowMs: 600_000 } };
  const accepted = await engine.post(`/control/slots/${BIRD}/swap?wait=false`, change);
  const { id } = (await accepted.json()) as SwapRecord;
  const look = async () => {
    const record = await engine.get<SwapRecord>(`/control/swaps/${id}`);
    if (record.stage === "canary") await engine.post(`/control/swaps/${id}/${end}`);
    return record;
  };
  return until("the swap is over", look, {
    is: ({ endedAt }) => endedAt !== undefined,
    deadlineMs: LONG_MS / 2,
  });
}

test(
  "many commands at one slot at once: each command ends, in fair order, and no process is left over",
  async () => {
    await using engine = await startBirds({ parkForMs: 200 });
    const children = childrenOf(engine.pid).length;
    let over = false;
    const heard = Promise.all(
      Array.from({ length: LISTENERS }, async () => {
        const songs = [];
        while (!over) songs.push(await sing(engine));
        return songs;
      }),
    );
    const answers: unknown[] = [];
    await Promise.all(
      Array.from({ length: ADMINS }, async (_, admin) => {
        for (let n = 0; n < COMMANDS; n++)
          // Each admin goes through the list from another place, with another step.
          answers.push(await COMMANDS_OF[(admin * 5 + n * (admin + 1)) % COMMANDS_OF.length]?.(engine));
      }),
    );
    over = true;

    const unfair = (answers as (SwapRecord & Problem)[]).flatMap(({ stage, code, detail, error }) =>
      stage === "done" || stage === "rolled-back" || FAIR.includes(code ?? error?.code)
        ? []
        : [`${code ?? stage}: ${detail ?? error?.message}`],
    );
    expect(unfair).toEqual([]);
    // 0 is a stream that broke: no version here ends in the middle of a segment, so none may.
    const statuses = new Set((await heard).flat().map(({ status }) => status));
    expect([...statuses].filter((status) => ![200, 502, 503].includes(status))).toEqual([]);
    const wrong = (await heard)
      .flat()
      .filter(({ status, hertz }) => status === 200 && hertz !== 500 && hertz !== 800);
    expect(wrong).toEqual([]);

    // It does what it is told, as ever.
    const last = await swap(engine, { plugin: "bird@2.0.0" });
    expect(last).toMatchObject({ stage: "done" });
    expect(await sing(engine)).toMatchObject({ status: 200, hertz: 800 });
    const { instances } = await engine.slotUntil(BIRD, (slot) => slot.instances.length === 1);
    expect(instances.map(({ pid }) => isRunning(pid))).toEqual([true]);
    expect(childrenOf(engine.pid).length).toBe(children);
    const { swaps } = await engine.get<SwapList>(`/control/swaps?slot=${BIRD}&limit=200`);
    expect(swaps.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
    const { slots } = await engine.get<SlotList>("/control/slots");
    expect(slots.map(({ state }) => state)).toEqual(slots.map(() => "ready"));
  },
  LONG_MS,
);
