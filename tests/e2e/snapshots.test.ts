import { describe, expect, test } from "bun:test";
import type {
  ConfigView,
  Problem,
  SnapshotList,
  SnapshotRestore,
  SnapshotRestorePlan,
  SnapshotView,
} from "../../schemas/generated/api.ts";
import { counter } from "../support/counting-voice.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { addPlugin } from "../support/releases.ts";

const STATE = `snapshot: () => ({ spoken }),
  restore(state) {
    spoken = state.spoken;
  },`;

function startCounting(plugin = "counter@1.0.0"): Promise<EngineProcess> {
  return EngineProcess.start({
    async prepare(home) {
      for (const version of ["1.0.0", "2.0.0"])
        await addPlugin(home, { name: "counter", version }, counter(STATE));
    },
    config: { ...TONE_ONLY, voices: { ...TONE_ONLY.voices, one: { plugin } } },
  });
}

/** A counter with a setting that it takes while it runs. */
const PACED = { settings: { type: "object", properties: { pace: { type: "number", "x-live": true } } } };

async function speak(engine: EngineProcess, spoken: number): Promise<void> {
  const from = engine.log.length;
  await (await engine.post("/v1/audio/speech", { input: "Hello.", voice: "one" })).bytes();
  await engine.logged(`has spoken ${spoken}"`, from);
}

async function take(engine: EngineProcess, body?: object): Promise<SnapshotView> {
  return (await (await engine.post("/control/snapshots", body)).json()) as SnapshotView;
}

async function restore(engine: EngineProcess, id: string): Promise<SnapshotRestore> {
  return (await (await engine.post(`/control/snapshots/${id}/restore`)).json()) as SnapshotRestore;
}

describe("a snapshot", () => {
  test("restores config, bindings and state of plugins, and can be undone the same way", async () => {
    await using engine = await startCounting();
    await speak(engine, 1);
    const taken = await take(engine, { name: "before the fair" });
    expect(taken).toMatchObject({
      name: "before the fair",
      reason: "request",
      actor: "loopback",
      version: 1,
      slots: [
        { slot: "voices.one", binding: { plugin: "counter@1.0.0" }, stateBytes: 12 },
        { slot: "voices.tone", binding: { plugin: "tone@1.0.0" }, stateBytes: 0 },
      ],
    });
    const pid = (await engine.slot("voices.tone")).instances[0]?.pid;
    await speak(engine, 2);
    await engine.swap("voices.one", { plugin: "counter@2.0.0" });
    await engine.save({
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, one: { plugin: "counter@1.0.0" }, two: { plugin: "tone" } },
    });
    await speak(engine, 3);

    const restored = await restore(engine, taken.id);
    expect(restored).toMatchObject({
      snapshot: taken.id,
      config: { version: 4, pinned: { snapshot: taken.id } },
      swaps: [{ slot: "voices.one", to: { plugin: "counter@1.0.0" } }],
      problems: [],
    });
    expect(Object.keys(restored.config.document.voices ?? {}).sort()).toEqual(["one", "tone"]);
    expect(restored.swaps[0]?.stages.find(({ stage }) => stage === "restoring")?.detail).toBe(
      "12 bytes from counter@1.0.0",
    );
    await speak(engine, 2);
    // What runs as it ran then, and knows nothing, is left alone.
    expect((await engine.slot("voices.tone")).instances[0]?.pid).toBe(pid);

    const { snapshots } = await engine.get<SnapshotList>("/control/snapshots");
    expect(snapshots.map(({ id, reason }) => [id, reason])).toEqual([
      [restored.before, "restore"],
      [taken.id, "request"],
    ]);
    const undone = await restore(engine, restored.before);
    expect(Object.keys(undone.config.document.voices ?? {}).sort()).toEqual(["one", "tone", "two"]);
    await speak(engine, 4);
    expect((await engine.slot("voices.one")).running?.plugin).toBe("counter@2.0.0");
  });

  test("restores the state of a plugin even if only live settings differ", async () => {
    await using engine = await EngineProcess.start({
      async prepare(home) {
        await addPlugin(home, { name: "counter", version: "1.0.0", ...PACED }, counter(STATE));
      },
      config: { ...TONE_ONLY, voices: { ...TONE_ONLY.voices, one: { plugin: "counter" } } },
    });
    await speak(engine, 1);
    const taken = await take(engine);
    await speak(engine, 2);
    await engine.swap("voices.one", { settings: { pace: 2 } });
    const planned = await engine.post(`/control/snapshots/${taken.id}/restore?dryRun=true`);
    expect(((await planned.json()) as SnapshotRestorePlan).slots[0]?.plan?.verdict).toBe("swap");
    await restore(engine, taken.id);
    await speak(engine, 2);
  });

  test("plans a restore slot by slot, with the obstacles, and does nothing", async () => {
    await using engine = await startCounting();
    await speak(engine, 1);
    const taken = await take(engine);
    await engine.swap("voices.one", { plugin: "counter@2.0.0" });
    await engine.save({
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, one: { plugin: "counter@1.0.0" }, two: { plugin: "tone" } },
    });
    const plan = async () => {
      const answer = await engine.post(`/control/snapshots/${taken.id}/restore?dryRun=true`);
      return (await answer.json()) as SnapshotRestorePlan;
    };
    expect(await plan()).toMatchObject({
      snapshot: taken.id,
      config: { base: 3, changes: [{ pointer: "/voices/one/plugin" }, { pointer: "/voices/two" }] },
      slots: [
        {
          slot: "voices.one",
          action: "swap",
          from: { plugin: "counter@2.0.0" },
          to: { plugin: "counter@1.0.0" },
          stateBytes: 12,
          plan: { verdict: "swap", changes: [{ pointer: "/plugin" }], memory: { verdict: "fits-beside" } },
        },
        { slot: "voices.tone", action: "unchanged", stateBytes: 0 },
        { slot: "voices.two", action: "remove", from: { plugin: "tone@1.0.0" }, to: null },
      ],
    });
    await Bun.$`rm -r ${engine.home}/plugins/counter/1.0.0`.quiet();
    await engine.post("/control/plugins/rescan");
    const [one] = (await plan()).slots;
    expect(one).toMatchObject({
      slot: "voices.one",
      action: "swap",
      problem: expect.stringContaining("counter@1.0.0"),
    });
    expect((await engine.slot("voices.one")).running?.plugin).toBe("counter@2.0.0");
    const { snapshots } = await engine.get<SnapshotList>("/control/snapshots");
    expect(snapshots.map(({ id }) => id)).toEqual([taken.id]);
  });

  test("is taken automatically before a rollback, and stays after a restart of the engine", async () => {
    await using engine = await startCounting();
    await engine.save({ ...TONE_ONLY, speech: { ...TONE_ONLY.speech, maxQueue: 3 } });
    await engine.post("/control/config/rollback", { version: 1 });
    expect(await engine.stop()).toBe(0);
    await using again = await EngineProcess.start({ folder: engine.folder });
    const { snapshots } = await again.get<SnapshotList>("/control/snapshots");
    expect(snapshots).toMatchObject([{ reason: "rollback", version: 2 }]);
    const restored = await restore(again, snapshots[0]?.id ?? "");
    expect(restored.config.document.speech?.maxQueue).toBe(3);
  });

  test("reports a release that is missing, and restores everything else", async () => {
    await using engine = await startCounting("counter");
    await engine.swap("voices.one", { plugin: "counter@1.0.0", persist: false });
    const taken = await take(engine);
    await engine.swap("voices.one", { plugin: "counter@2.0.0", persist: false });
    await Bun.$`rm -r ${engine.home}/plugins/counter/1.0.0`.quiet();
    await engine.post("/control/plugins/rescan");
    const restored = await restore(engine, taken.id);
    expect(restored.problems).toEqual([
      { slot: "voices.one", message: expect.stringContaining("counter@1.0.0") },
    ]);
    expect(restored.swaps).toEqual([]);
    expect((await engine.slot("voices.one")).running?.plugin).toBe("counter@2.0.0");
  });

  test("whose config names a release that is missing is refused, and nothing changes", async () => {
    await using engine = await startCounting();
    const taken = await take(engine);
    await engine.swap("voices.one", { plugin: "counter@2.0.0" });
    await Bun.$`rm -r ${engine.home}/plugins/counter/1.0.0`.quiet();
    await engine.post("/control/plugins/rescan");
    const response = await engine.post(`/control/snapshots/${taken.id}/restore`);
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { errors: [{ pointer: "/voices/one", message: expect.stringContaining("counter@1.0.0") }] },
    ]);
    expect((await engine.slot("voices.one")).running?.plugin).toBe("counter@2.0.0");
    expect(await engine.get<ConfigView>("/control/config")).not.toHaveProperty("pinned");
  });

  test("that does not exist is a 404", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const response = await engine.post("/control/snapshots/nothing/restore");
    expect(response.status).toBe(404);
    expect(((await response.json()) as Problem).code).toBe("snapshot-not-found");
  });
});
