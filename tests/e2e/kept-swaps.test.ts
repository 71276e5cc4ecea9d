import { describe, expect, test } from "bun:test";
import type {
  ConfigPlanView,
  ConfigVersionList,
  ConfigView,
  Problem,
  SlotView,
  SnapshotRestore,
  SnapshotView,
} from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { act, BIRD, sing, startBirds } from "../support/birds.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { until } from "../support/until.ts";

const TWO = { plugin: "bird@2.0.0" };
const MUTE = { plugin: "bird@3.0.0" };

/** Ends an engine, and starts one on its home and its config file. */
async function restart(engine: EngineProcess): Promise<EngineProcess> {
  await engine.stop();
  return EngineProcess.start({ folder: engine.folder });
}

async function running(engine: EngineProcess): Promise<string | undefined> {
  return (await engine.slot(BIRD)).running?.plugin;
}

const config = (engine: EngineProcess) => engine.get<ConfigView>("/control/config");

function patch(engine: EngineProcess, body: object, query = ""): Promise<Response> {
  return fetch(`${engine.url}/control/config${query}`, { method: "PATCH", body: JSON.stringify(body) });
}

describe("a swap by request", () => {
  test("becomes a version of the config, which the next start has as well", async () => {
    await using engine = await startBirds();
    const swap = await engine.swap(BIRD, { ...TWO, reason: "it sings higher" });
    expect(swap).toMatchObject({ stage: "done", config: { state: "saved", version: 2 } });
    expect(await config(engine)).toMatchObject({
      version: 2,
      overrides: { voices: { bird: TWO } },
      document: { voices: { bird: TWO } },
    });
    const { versions } = await engine.get<ConfigVersionList>("/control/config/versions");
    expect(versions[0]).toMatchObject({
      number: 2,
      cause: "swap",
      actor: "loopback",
      reason: "it sings higher",
    });
    expect((await engine.slot(BIRD)).configured).toBeUndefined();

    await using again = await restart(engine);
    expect(await running(again)).toBe("bird@2.0.0");
    expect(await again.slot(BIRD)).toMatchObject({ desired: TWO });
  });

  test("stays when another part of the config changes, and the plan of that says so", async () => {
    await using engine = await startBirds();
    await engine.swap(BIRD, TWO);
    const change = { voices: { bird: { idleUnloadMs: 3_600_000 } } };
    const plan = (await (await patch(engine, change, "?dryRun=true")).json()) as ConfigPlanView;
    expect(plan.slots.find(({ slot }) => slot === BIRD)).toMatchObject({
      action: "reconfigure",
      changed: ["/idleUnloadMs"],
      cost: "none",
    });
    expect((await patch(engine, change)).status).toBe(200);
    expect(await running(engine)).toBe("bird@2.0.0");
  });

  test("with persist false is shown as not in the config, holds beside other changes, and ends with the engine", async () => {
    await using engine = await startBirds();
    const swap = await engine.swap(BIRD, { ...TWO, persist: false });
    expect(swap.config).toEqual({ state: "until-restart" });
    expect(await engine.slot(BIRD)).toMatchObject({ desired: TWO, configured: { plugin: "bird@1.0.0" } });
    expect((await config(engine)).version).toBe(1);
    await patch(engine, { speech: { maxQueue: 50 }, voices: { bird: { idleUnloadMs: 3_600_000 } } });
    expect(await running(engine)).toBe("bird@2.0.0");

    await using again = await restart(engine);
    expect(await running(again)).toBe("bird@1.0.0");
    expect((await again.slot(BIRD)).configured).toBeUndefined();
  });

  test("that is not in the config ends when the config names another binding, and the plan says that first", async () => {
    await using engine = await startBirds();
    await engine.swap(BIRD, { ...TWO, persist: false });
    const change = { voices: { bird: { plugin: "bird@3.0.0" } } };
    const plan = (await (await patch(engine, change, "?dryRun=true")).json()) as ConfigPlanView;
    expect(plan.slots.find(({ slot }) => slot === BIRD)).toMatchObject({ action: "swap", cost: "load" });
    await patch(engine, change);
    expect(await engine.slot(BIRD)).toMatchObject({ desired: MUTE, running: MUTE });
  });

  test("costs nothing where the config comes to say what runs already", async () => {
    await using engine = await startBirds();
    await engine.swap(BIRD, { ...TWO, persist: false });
    const { instances } = await engine.slot(BIRD);
    const change = { voices: { bird: TWO } };
    const plan = (await (await patch(engine, change, "?dryRun=true")).json()) as ConfigPlanView;
    expect(plan.slots.find(({ slot }) => slot === BIRD)).toMatchObject({
      action: "reconfigure",
      cost: "none",
    });
    await patch(engine, change);
    const slot = await engine.slot(BIRD);
    expect(slot.configured).toBeUndefined();
    expect(slot.instances[0]?.pid).toBe(instances[0]!.pid);
  });

  test("that fails is in no version", async () => {
    await using engine = await startBirds();
    const response = await engine.post(`/control/slots/${BIRD}/swap`, { plugin: "bird@5.0.0" });
    const { swap } = (await response.json()) as Problem & { swap: SwapRecord };
    expect(swap.config).toBeUndefined();
    expect((await config(engine)).version).toBe(1);
    expect(await engine.slot(BIRD)).toMatchObject({ desired: { plugin: "bird@1.0.0" } });
  });

  test("is refused while a change of the config waits to be confirmed, unless it is for this run only", async () => {
    await using engine = await startBirds();
    await patch(engine, { speech: { maxQueue: 50 } }, "?confirm=60000");
    const refused = await engine.post(`/control/slots/${BIRD}/swap`, TWO);
    expect(await refused.json()).toMatchObject({ code: "config-unconfirmed" });
    expect(await running(engine)).toBe("bird@1.0.0");
    expect(await engine.swap(BIRD, { ...TWO, persist: false })).toMatchObject({ stage: "done" });
  });

  test("under a pin changes what is pinned", async () => {
    await using engine = await startBirds();
    await patch(engine, { speech: { maxQueue: 50 } });
    await engine.post("/control/config/rollback", { version: 1 });
    await engine.swap(BIRD, TWO);
    expect(await config(engine)).toMatchObject({
      pinned: { version: 1 },
      document: { voices: { bird: TWO } },
    });
    await using again = await restart(engine);
    expect(await running(again)).toBe("bird@2.0.0");
  });
});

describe("a rollback of a slot", () => {
  test("by hand takes the override back, and survives a restart", async () => {
    await using engine = await startBirds();
    await engine.swap(BIRD, TWO);
    expect(await act(engine, "rollback")).toMatchObject({ config: { state: "saved", version: 3 } });
    expect(await config(engine)).not.toHaveProperty("overrides");
    const { versions } = await engine.get<ConfigVersionList>("/control/config/versions");
    expect(versions[0]).toMatchObject({ cause: "swap", reason: expect.stringContaining("by hand") });
    await using again = await restart(engine);
    expect(await running(again)).toBe("bird@1.0.0");
  });

  test("by itself is a version of the engine's own: what failed too often does not come back at a restart", async () => {
    await using engine = await startBirds({ watch: { minRequests: 2, maxErrorRate: 0.1 } });
    await engine.swap(BIRD, MUTE);
    for (let i = 0; i < 2; i++) await sing(engine);
    const view = await until("the config has it", () => config(engine), {
      is: ({ version }) => version === 3,
    });
    expect(view.document.voices?.bird?.plugin).toBe("bird@1.0.0");
    const { versions } = await engine.get<ConfigVersionList>("/control/config/versions");
    expect(versions[0]).toMatchObject({
      cause: "swap",
      actor: "engine",
      reason: expect.stringContaining("by itself"),
    });
    await using again = await restart(engine);
    expect(await running(again)).toBe("bird@1.0.0");
  });

  test("by the config goes back as well", async () => {
    await using engine = await startBirds();
    await engine.swap(BIRD, MUTE);
    await engine.post("/control/config/rollback", { version: 1 });
    expect(await running(engine)).toBe("bird@1.0.0");
  });
});

describe("a restored snapshot", () => {
  test("has the same releases after a restart, though its config would lead to newer ones", async () => {
    await using engine = await startBirds({}, { plugin: "bird" });
    await engine.swap(BIRD, { plugin: "bird@1.0.0", persist: false });
    const taken = (await (await engine.post("/control/snapshots")).json()) as SnapshotView;
    await engine.swap(BIRD, { plugin: "bird@2.0.0", persist: false });
    const restored = (await (
      await engine.post(`/control/snapshots/${taken.id}/restore`)
    ).json()) as SnapshotRestore;
    expect(restored).toMatchObject({
      problems: [],
      config: { document: { voices: { bird: { plugin: "bird@1.0.0" } } }, pinned: { snapshot: taken.id } },
    });
    expect((await engine.slot(BIRD)).configured).toBeUndefined();
    await using again = await restart(engine);
    expect(await running(again)).toBe("bird@1.0.0");
  });
});

describe("the plan of a change", () => {
  test("names the processes that a smaller memory budget would end", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const change = { voices: { tone: { memoryLimitBytes: 1_000_000 } } };
    const plan = (await (await patch(engine, change, "?dryRun=true")).json()) as ConfigPlanView;
    const { instances } = await engine.get<SlotView>("/control/slots/voices.tone");
    expect(plan.ends).toEqual([
      expect.objectContaining({
        slot: "voices.tone",
        pid: instances[0]!.pid,
        limitBytes: 1_000_000,
        message: expect.stringContaining("voices.tone.memoryLimitBytes would be 1 MB"),
      }),
    ]);
    const budget = { memory: { budgets: { host: 1_000_000 } } };
    const other = (await (await patch(engine, budget, "?dryRun=true")).json()) as ConfigPlanView;
    expect(other.ends).toMatchObject([{ slot: "voices.tone" }]);
    const roomy = { voices: { tone: { memoryLimitBytes: 8_000_000_000 } } };
    expect(await (await patch(engine, roomy, "?dryRun=true")).json()).not.toHaveProperty("ends");
  });
});
