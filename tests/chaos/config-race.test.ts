import { expect, test } from "bun:test";
import fc from "fast-check";
import type {
  ConfigVersionList,
  ConfigView,
  Problem,
  SlotList,
  SnapshotView,
  SwapList,
} from "../../schemas/generated/api.ts";
import { BEEP } from "../support/beeping-voice.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { childrenOf } from "../support/processes.ts";
import { addPlugin } from "../support/releases.ts";
import { until } from "../support/until.ts";

/** The long form: SYRINX_RACE_SECONDS=120 bun test tests/chaos/config-race.test.ts. A failure names its seed. */
const SECONDS = Number(process.env.SYRINX_RACE_SECONDS ?? 6);
const SEED = Number(process.env.SYRINX_RACE_SEED ?? Math.floor(Math.random() * 2 ** 31));
const SLOT = "voices.beep";
const VERSIONS = ["beep@1.0.0", "beep@2.0.0"];
const EVERY_MS = 60;
const LISTENERS = 3;
/** Longest time for an answer, in ms. */
const ANSWER_MS = 60_000;
const LONG_MS = 120_000 + SECONDS * 2_000;

/** What somebody may be told who comes at a bad time. */
const FAIR = [
  ...["swap-busy", "swap-overtaken", "swap-aborted", "nothing-to-roll-back", "slot-loaded"],
  ...["config-busy", "config-unconfirmed", "config-version-not-found", "not-found", "cancelled"],
];

/** @returns a generator of numbers from 0 to 1, the same ones for the same seed */
function seeded(seed: number): () => number {
  const max = 999_999;
  const numbers = fc.sample(fc.noBias(fc.nat({ max })), { seed, numRuns: 10_000 });
  let next = 0;
  return () => (numbers[next++ % numbers.length] ?? 0) / (max + 1);
}

type Ask = [method: string, path: string, body?: object];

/** An engine whose voice `beep` runs beep@1.0.0. */
function startBeep(): Promise<EngineProcess> {
  return EngineProcess.start({
    async prepare(home) {
      for (const version of ["1.0.0", "2.0.0"]) await addPlugin(home, { name: "beep", version }, BEEP);
    },
    config: {
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, beep: { plugin: "beep@1.0.0" } },
      swap: { parkForMs: 200 },
    },
  });
}

/** @returns the status; 0: the stream broke */
async function speak(engine: EngineProcess): Promise<number> {
  const request = { input: "Beep, beep.", voice: "beep", response_format: "wav" };
  const response = await engine.post("/v1/audio/speech", request);
  return response.bytes().then(
    () => response.status,
    () => 0,
  );
}

/** Everything that gives the slot something, or the config another version. */
function operations(random: () => number, versions: number, snapshots: readonly string[]): Ask {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const plugin = () => pick(VERSIONS);
  const act = (action: string, body?: object): Ask =>
    [
      "POST",
      `/control/slots/${SLOT}/${action}${pick(["", "", "?wait=false", "?onConflict=reject"])}`,
      ...(body ? [body] : []),
    ] as Ask;
  const snapshot = pick(snapshots);
  return pick<() => Ask>([
    () => act("swap", { plugin: plugin() }),
    () => act("swap", { plugin: plugin() }),
    () => act("swap", { plugin: plugin(), strategy: "recreate" }),
    () => act("swap", { plugin: plugin(), strategy: "canary", canary: { windowMs: 300, minRequests: 1 } }),
    () => act("reload"),
    () => act("rollback"),
    () => act("unload"),
    () => act("load"),
    () => ["PATCH", "/control/config", { voices: { beep: { plugin: plugin() } } }],
    () => ["PATCH", "/control/config", { speech: { maxQueue: 100 + Math.floor(random() * 100) } }],
    () => ["PATCH", "/control/config?confirm=200", { voices: { beep: { plugin: plugin() } } }],
    () => ["POST", "/control/config/rollback", { version: 1 + Math.floor(random() * versions) }],
    () => ["POST", "/control/config/unpin"],
    () => ["DELETE", "/control/config/overrides"],
    () => ["POST", "/control/snapshots", { name: "race" }],
    () => (snapshot ? ["POST", `/control/snapshots/${snapshot}/restore`] : act("load")),
  ])();
}

/** @returns what was wrong with the answer; undefined: nothing */
async function ask(engine: EngineProcess, [method, path, body]: Ask, made: (id: string) => void) {
  const what = `${method} ${path} ${JSON.stringify(body ?? {})}`;
  try {
    const response = await fetch(engine.url + path, {
      method,
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Partial<Problem & SnapshotView>;
    if (response.ok && path === "/control/snapshots" && answer.id !== undefined) made(answer.id);
    if (response.ok || FAIR.includes(answer.code ?? "")) return undefined;
    return `${what}: ${response.status} ${answer.code} ${answer.detail}`;
  } catch (error) {
    return `${what}: no answer, ${error}`;
  }
}

test(
  `people change slot and config at once for ${SECONDS} s: each is answered, and slot and config agree at the end (seed ${SEED})`,
  async () => {
    await using engine = await startBeep();
    let over = false;
    const statuses: number[] = [];
    const heard = Array.from({ length: LISTENERS }, async () => {
      while (!over) statuses.push(await speak(engine));
    });
    const random = seeded(SEED);
    const [snapshots, answers]: [string[], Promise<string | undefined>[]] = [[], []];
    for (let n = 0; n < (SECONDS * 1000) / EVERY_MS; n++) {
      const paced = Bun.sleep(EVERY_MS * 2 * random());
      answers.push(ask(engine, operations(random, 1 + n, snapshots), (id) => snapshots.push(id)));
      await paced;
    }
    const told = await Promise.all(answers);
    over = true;
    await Promise.all(heard);
    expect(told.filter((wrong) => wrong !== undefined)).toEqual([]);
    // 503 where it was unloaded by hand.
    expect([...new Set(statuses)].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(statuses).toContain(200);

    const look = async () => ({
      config: await engine.get<ConfigView>("/control/config"),
      swaps: (await engine.get<SwapList>(`/control/swaps?slot=${SLOT}&limit=200`)).swaps,
    });
    await until("all is over and saved", look, {
      is: ({ config, swaps }) =>
        config.unconfirmed === undefined &&
        swaps.every(({ endedAt, config: saved }) => endedAt !== undefined && saved?.state !== "pending"),
    });
    const [config, slot] = [await engine.get<ConfigView>("/control/config"), await engine.slot(SLOT)];
    expect(slot.configured).toBeUndefined();
    const { beep } = config.document.voices as Record<string, { plugin?: string }>;
    const wanted = beep?.plugin;
    expect([(slot.desired as { plugin?: string }).plugin, slot.running?.plugin ?? wanted]).toEqual([
      wanted,
      wanted,
    ]);
    const { versions } = await engine.get<ConfigVersionList>("/control/config/versions");
    expect(versions[0]).toMatchObject({ number: config.version });
    // What is parked or drains is gone soon.
    await engine.slotUntil(SLOT, ({ instances }) => instances.length <= 1);
    const { slots } = await engine.get<SlotList>("/control/slots");
    expect(childrenOf(engine.pid).sort()).toEqual(
      slots.flatMap(({ instances }) => instances.map(({ pid }) => pid)).sort(),
    );
  },
  LONG_MS,
);
