import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { MemoryView, Problem, SlotView, SwapList, SwapPlan } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { CommandLine } from "../support/command-line.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { FakeGpus } from "../support/fake-gpus.ts";
import { FakeNvml, noFakeNvml } from "../support/fake-nvml.ts";
import { ended, isRunning } from "../support/processes.ts";
import { until } from "../support/until.ts";
import { addWeightyVoice, breakModel, holdModel, WEIGHTY_GRANTS } from "../support/weighty-voice.ts";

const GB = 1e9;
const MIB = 1024 * 1024;
/** 10.7 GB, of which plugins may take 95%: 10.2 GB. */
const GPU = { totalMiB: 10_240 };
const MODELS = { small: 4 * GB, large: 7 * GB, huge: 11 * GB };

const voice = (model: string, more: object = {}) => ({ plugin: "weighty", model, device: "cuda:0", ...more });

interface Voices {
  gpus?: { readonly env: Record<string, string> };
  voices: object;
  memory?: object;
  models?: Record<string, number>;
}

/** An engine that parks nothing. */
function startEngine({ gpus, voices, memory = {}, models = MODELS }: Voices): Promise<EngineProcess> {
  return EngineProcess.start({
    prepare: (home) => addWeightyVoice(home, models),
    config: {
      ...TONE_ONLY,
      plugins: { grants: WEIGHTY_GRANTS },
      voices: { ...TONE_ONLY.voices, ...voices },
      swap: { parkForMs: 0 },
      memory,
    },
    ...(gpus && { env: gpus.env }),
  });
}

function request(engine: EngineProcess, change: object, query = ""): Promise<Response> {
  return engine.post(`/control/slots/voices.one/swap${query}`, change);
}

async function plan(engine: EngineProcess, change: object): Promise<SwapPlan> {
  return (await request(engine, change, "?dryRun=true")).json() as Promise<SwapPlan>;
}

async function speak(engine: EngineProcess, name: string): Promise<string | null> {
  const response = await engine.post("/v1/audio/speech", { input: "Hello.", voice: name });
  await response.bytes();
  expect(response.status).toBe(200);
  return response.headers.get("X-Syrinx-Generation");
}

/** Asks until the devices are seen to be so; a reading of the GPUs may be a second old. */
async function memoryUntil(engine: EngineProcess, is: (memory: MemoryView) => boolean): Promise<MemoryView> {
  return until(`the memory fits ${is}`, () => engine.get<MemoryView>("/control/memory"), { is });
}

async function history(engine: EngineProcess, slot: string): Promise<SwapRecord[]> {
  return (await engine.get<SwapList>(`/control/swaps?slot=${slot}`)).swaps;
}

const stagesOf = ({ stages }: SwapRecord) => stages.map(({ stage }) => stage);
const pidOf = ({ instances }: SlotView) => instances[0]?.pid ?? 0;

describe("a voice for which there is no room beside the old one", () => {
  let gpus: FakeGpus;
  let engine: EngineProcess;
  let line: CommandLine;
  beforeAll(async () => {
    gpus = await FakeGpus.create([GPU]);
    line = await CommandLine.open();
    engine = await startEngine({ gpus, voices: { one: voice("small") } });
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await line[Symbol.asyncDispose]();
    await gpus[Symbol.asyncDispose]();
  });

  const LACK =
    "cuda:0 has 5.9 GB of its budget of 10.2 GB free, and voices.one needs 7.3 GB: " +
    "4.3 GB are held by the current voices.one (4.3 GB)";

  test("is refused by blue-green with the exact numbers, in the answer and in the history, and the old one keeps serving", async () => {
    const before = await engine.slot("voices.one");
    const wanted = { model: "large", strategy: "blue-green" };
    const message = `${LACK}. It fits once what it replaces is unloaded: use the strategy recreate`;
    expect(await plan(engine, wanted)).toMatchObject({
      strategy: "blue-green",
      memory: { verdict: "refused", device: "cuda:0", message },
    });
    const response = await request(engine, wanted);
    expect(response.status).toBe(507);
    const problem = (await response.json()) as Problem;
    expect(problem).toMatchObject({ code: "memory-refused", detail: `There is no room: ${message}` });
    expect(stagesOf(problem.swap!)).toEqual(["planned", "failed"]);
    const [record] = await history(engine, "voices.one");
    expect(record).toEqual(problem.swap!);
    expect(record?.error?.message).toContain(LACK);
    expect(await engine.slot("voices.one")).toMatchObject({
      state: "ready",
      generation: before.generation,
      running: before.running!,
    });
    expect(pidOf(await engine.slot("voices.one"))).toBe(pidOf(before));
    await speak(engine, "one");
  });

  test("is shown by a dry run of the command line, which ends with code 1 and says why", async () => {
    const swap = ["swap", "one", "--model", "large", "--dry-run", "--home", engine.home];
    const refused = await line.run([...swap, "--strategy", "blue-green"]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toStartWith(
      `syrinx: voices.one would not be swapped: there is no memory: ${LACK}`,
    );
    const accepted = await line.run(swap);
    expect(accepted.code).toBe(0);
    expect(new TextDecoder().decode(accepted.stdout)).toContain(
      "there is memory once the old one is unloaded: voices.one needs 7.3 GB of cuda:0, " +
        "which has 5.9 GB free, and 10.2 GB once what it replaces is unloaded",
    );
  });

  test("replaces it by recreate: requests wait meanwhile, and are answered by the new one", async () => {
    const { generation } = await engine.slot("voices.one");
    const release = await holdModel(engine.home, "large");
    const from = engine.log.length;
    const swapped = engine.swap("voices.one", { model: "large", strategy: "recreate" });
    await engine.logged("holds large", from);
    const asked = [speak(engine, "one"), speak(engine, "one"), speak(engine, "one")];
    const slot = await engine.slot("voices.one");
    expect(slot).toMatchObject({ state: "loading", instances: [{ state: "loading" }] });
    await release();
    const record = await swapped;
    expect(stagesOf(record)).toEqual([
      ...["planned", "admitted", "draining", "starting", "loading", "restoring", "probing", "routed", "done"],
    ] as SwapRecord["stage"][]);
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 3 }, () => String(generation + 1)));
  });

  test("replaces it by auto, which says so beforehand", async () => {
    // What serves is large by now.
    const wanted = { model: "small", settings: { takes: 1 } };
    expect(await plan(engine, wanted)).toMatchObject({
      strategy: "recreate",
      memory: { verdict: "fits-after-unload", device: "cuda:0", evict: [] },
    });
    const record = await engine.swap("voices.one", wanted);
    expect(record).toMatchObject({ stage: "done", strategy: "auto" });
    expect(stagesOf(record).slice(0, 4)).toEqual(["planned", "admitted", "draining", "starting"]);
    expect(await plan(engine, { model: "small", settings: {} })).toMatchObject({ strategy: "blue-green" });
  });

  test("is refused by every strategy if it does not fit even alone", async () => {
    for (const strategy of ["auto", "recreate", "blue-green", "canary"]) {
      const response = await request(engine, { model: "huge", strategy });
      expect(response.status).toBe(507);
      const { detail } = (await response.json()) as Problem;
      expect(detail).toContain("voices.one needs 11.3 GB");
      expect(detail).not.toContain("use the strategy recreate");
    }
    await speak(engine, "one");
  });

  test("is replaced by the old one again if recreate fails", async () => {
    const before = await engine.slot("voices.one");
    await breakModel(engine.home, "large");
    const answer = await (await request(engine, { model: "large", strategy: "recreate" })).json();
    expect(answer).toMatchObject({ code: "plugin-failed", swap: { stage: "failed" } });
    await speak(engine, "one");
    const after = await engine.slot("voices.one");
    expect(after).toMatchObject({
      state: "ready",
      generation: before.generation,
      running: before.running!,
    });
    expect(pidOf(after)).not.toBe(pidOf(before));
    const [back] = await history(engine, "voices.one");
    expect(back).toMatchObject({ reason: "recovery", stage: "done" });
  });
});

test("a recreate loads the new voice when the GPU shows the old one's memory as free, and not before", async () => {
  await using gpus = await FakeGpus.create([GPU]);
  await using engine = await startEngine({ gpus, voices: { one: voice("small") } });
  const old = pidOf(await engine.slot("voices.one"));
  await gpus.set([{ ...GPU, processes: [{ pid: old, mib: 4_000 }] }]);
  const { instances } = await memoryUntil(engine, ({ instances }) =>
    instances.some(({ gpuBytes }) => gpuBytes !== undefined),
  );
  expect(instances.find(({ pid }) => pid === old)).toMatchObject({ gpuBytes: 4_000 * MIB, device: "cuda:0" });
  const calls = (await gpus.calls()).length;
  const wanted = { model: "large", strategy: "recreate" };
  const { id } = (await (await request(engine, wanted, "?wait=false")).json()) as SwapRecord;
  // It is gone, and the driver takes its time to say so: admitted, then looked at once more after the end.
  await ended([old]);
  await until("nvidia-smi was called twice more", async () => (await gpus.calls()).length >= calls + 2);
  const record = await engine.get<SwapRecord>(`/control/swaps/${id}`);
  expect(record.stage).toBe("draining");
  await gpus.set([GPU]);
  await engine.slotUntil("voices.one", ({ swap }) => swap === undefined);
  expect(await engine.get<SwapRecord>(`/control/swaps/${id}`)).toMatchObject({ stage: "done" });
});

test("memory that other programs use on a GPU counts, and a refusal names it", async () => {
  await using gpus = await FakeGpus.create([GPU]);
  await using engine = await startEngine({ gpus, voices: { one: voice("small") } });
  // 8.4 GB, of which 4.3 GB can be the voice's own: the driver lists no process.
  await gpus.set([{ ...GPU, otherMiB: 8_000 }]);
  await memoryUntil(engine, ({ devices }) => devices[1]?.usedBytes === 8_000 * MIB);
  const response = await request(engine, { model: "small", settings: { takes: 1 }, strategy: "blue-green" });
  expect(response.status).toBe(507);
  expect(((await response.json()) as Problem).detail).toMatch(
    /cuda:0 has 2\.3 GB of its 10\.7 GB free, and voices\.one needs 4\.3 GB: 8\.4 GB are held by the current voices\.one \(4\.3 GB\) and other programs \(4\.1 GB\)/,
  );
});

test("GET /control/memory shows each GPU and each part of one in MIG mode, its budget, and who holds what", async () => {
  const half = { totalMiB: 20_096 };
  await using gpus = await FakeGpus.create([
    { ...GPU, otherMiB: 1_000 },
    {
      name: "NVIDIA A100",
      totalMiB: 40_960,
      mig: [1, 2].map((gpuInstance) => ({ gpuInstance, ...half, uuid: `MIG-${gpuInstance}` })),
    },
    { totalMiB: 0, hidesMemory: true },
  ]);
  const voices = {
    one: voice("small"),
    two: voice("large", { device: "cuda:1" }),
    three: voice("small", { device: "auto" }),
    four: voice("small", { device: "cpu" }),
  };
  await using engine = await startEngine({
    gpus,
    voices,
    memory: { budgets: { host: "100%", "cuda:0": 5 * GB } },
    models: { small: 1 * GB, large: 7 * GB },
  });
  const { devices, instances } = await engine.get<MemoryView>("/control/memory");
  const context = 0.32 * GB;
  expect(devices).toMatchObject([
    { id: "host", usedBytes: expect.any(Number) },
    {
      id: "cuda:0",
      name: "NVIDIA L4",
      totalBytes: 10_240 * MIB,
      usedBytes: 1_000 * MIB,
      budgetBytes: 5 * GB,
      reservedBytes: 1 * GB + context,
    },
    { id: "cuda:1/mig-0" },
    { id: "cuda:1/mig-1" },
    { id: "cuda:2", totalBytes: 0, problem: expect.any(String) },
  ]);
  const [first] = devices;
  expect(first?.budgetBytes).toBe(first?.totalBytes ?? 0);
  const parts = devices.filter(({ id }) => id.startsWith("cuda:1/"));
  for (const { totalBytes, budgetBytes } of parts) {
    expect(totalBytes).toBe(half.totalMiB * MIB);
    expect(budgetBytes).toBe(Math.floor(0.95 * totalBytes));
  }
  // By auto a voice goes where the most room is.
  expect(parts.map(({ reservedBytes }) => reservedBytes).sort()).toEqual([
    1 * GB + context,
    7 * GB + context,
  ]);
  const placed = Object.fromEntries(
    instances.map(({ slot, device, reservedBytes }) => [slot, { device, reservedBytes }]),
  );
  expect(placed).toMatchObject({
    "voices.one": { device: "cuda:0", reservedBytes: 1 * GB + context },
    "voices.two": { device: expect.stringMatching(/^cuda:1\/mig-[01]$/), reservedBytes: 7 * GB + context },
    "voices.three": { device: expect.stringMatching(/^cuda:1\/mig-[01]$/), reservedBytes: 1 * GB + context },
    "voices.four": { device: "cpu" },
    "voices.tone": { device: "cpu" },
  });
  expect(placed["voices.two"]?.device).not.toBe(placed["voices.three"]?.device);
  for (const { pid, hostBytes = 0 } of instances) {
    expect(isRunning(pid)).toBe(true);
    expect(hostBytes).toBeGreaterThan(5e6);
  }
});

test.skipIf(noFakeNvml !== undefined)(
  `where there is NVML, the GPUs and what a voice takes of them are read by it, and nvidia-smi is not run${noFakeNvml ? ` (SKIPPED: ${noFakeNvml})` : ""}`,
  async () => {
    await using smi = await FakeGpus.create([]);
    await using nvml = await FakeNvml.create([{ name: "NVIDIA L4", ...GPU, otherMiB: 1_000 }]);
    const env = { ...smi.env, LD_LIBRARY_PATH: nvml.folder };
    await using engine = await startEngine({ gpus: { env }, voices: { one: voice("small") } });
    const pid = pidOf(await engine.slot("voices.one"));
    await nvml.set([{ name: "NVIDIA L4", ...GPU, otherMiB: 1_000, processes: [{ pid, mib: 4_000 }] }]);
    // A device may still show an older reading than its processes do.
    const { devices, instances } = await memoryUntil(
      engine,
      ({ devices, instances }) =>
        devices[1]?.usedBytes === 5_000 * MIB && instances.some(({ gpuBytes }) => gpuBytes !== undefined),
    );
    expect(devices[1]).toMatchObject({ id: "cuda:0", name: "NVIDIA L4" });
    expect(instances.find((one) => one.pid === pid)).toMatchObject({
      gpuBytes: 4_000 * MIB,
      device: "cuda:0",
    });
    expect(await smi.calls()).toEqual([]);
  },
);

test("a budget of the host's memory refuses a voice with the numbers, without any GPU, and admits it when the old one is unloaded first", async () => {
  const memory = { budgets: { host: 400_000_000 } };
  const models = { small: 200_000_000, large: 300_000_000 };
  const small = { plugin: "weighty", model: "small", settings: { takes: 150_000_000 } };
  await using engine = await startEngine({ voices: { one: small }, memory, models });
  const wanted = { model: "large", settings: {} };
  const refused = await request(engine, { ...wanted, strategy: "blue-green" });
  expect(refused.status).toBe(507);
  expect(((await refused.json()) as Problem).detail).toMatch(
    /^There is no room: the host has \d+ MB of its budget of 400 MB free, and voices\.one needs 300 MB: \d+ MB are held by the current voices\.one \((1[5-9]|2\d)\d MB\), .*use the strategy recreate$/,
  );
  expect(await plan(engine, wanted)).toMatchObject({ strategy: "recreate" });
  expect(await engine.swap("voices.one", wanted)).toMatchObject({ stage: "done" });
  await speak(engine, "one");
});

test("the measured memory of a voice, on host and GPU, is the estimate for its next load", async () => {
  await using gpus = await FakeGpus.create([GPU]);
  await using engine = await startEngine({ gpus, voices: { one: voice("small") } });
  const needs = async () => (await plan(engine, { model: "large" })).memory.needs;
  const [estimated, beside] = await needs();
  expect(estimated).toEqual({ device: "cuda:0", bytes: 7.32 * GB });
  const release = await holdModel(engine.home, "large");
  const swapped = engine.swap("voices.one", { model: "large", strategy: "recreate" });
  await engine.logged("holds large");
  await gpus.set([{ ...GPU, processes: [{ pid: pidOf(await engine.slot("voices.one")), mib: 3_000 }] }]);
  await release();
  await swapped;
  const [measured, host] = await needs();
  expect(measured).toEqual({ device: "cuda:0", bytes: 3_000 * MIB });
  expect(host?.bytes).toBeLessThan(beside?.bytes ?? 0);
  const { instances } = await engine.get<MemoryView>("/control/memory");
  expect(instances.find(({ slot }) => slot === "voices.one")).toMatchObject({ reservedBytes: 3_000 * MIB });
});

describe("voices that come on demand", () => {
  test("are unloaded for another voice, the least recently used first, and loaded again on demand", async () => {
    await using gpus = await FakeGpus.create([GPU]);
    const onDemand = voice("small", { load: "on-demand" });
    await using engine = await startEngine({
      gpus,
      voices: { a: onDemand, b: onDemand, one: voice("small", { load: "on-demand" }) },
    });
    const states = async () =>
      Promise.all(["a", "b", "one"].map(async (name) => (await engine.slot(`voices.${name}`)).state));
    expect(await states()).toEqual(["unloaded", "unloaded", "unloaded"]);
    for (const name of ["a", "b", "a"]) await speak(engine, name);
    expect(await states()).toEqual(["ready", "ready", "unloaded"]);
    expect(await plan(engine, { model: "small" })).toMatchObject({ memory: { evict: ["voices.b"] } });

    await speak(engine, "one");
    expect(await states()).toEqual(["ready", "unloaded", "ready"]);
    const [evicted] = await history(engine, "voices.b");
    expect(evicted).toMatchObject({ reason: "evicted", stage: "done", to: null });
    expect((await engine.slot("voices.b")).instances).toEqual([]);

    await speak(engine, "b");
    expect(await states()).toEqual(["unloaded", "ready", "ready"]);
    const [back] = await history(engine, "voices.b");
    expect(back).toMatchObject({ reason: "demand", stage: "done", generation: 2 });
    expect(back?.stages.find(({ stage }) => stage === "admitted")?.detail).toContain(
      "voices.b needs 4.3 GB of cuda:0",
    );
  });

  test("are not unloaded while they are in use", async () => {
    await using gpus = await FakeGpus.create([GPU]);
    await using engine = await startEngine({
      gpus,
      voices: { a: voice("large", { load: "on-demand" }), one: voice("small", { load: "on-demand" }) },
    });
    // Who reads nothing holds the voice: what it says is more than any buffer on the way takes.
    const text = "This is said slowly. ".repeat(2_000);
    const reading = await engine.post("/v1/audio/speech", {
      input: text,
      voice: "a",
      response_format: "pcm",
    });
    const response = await engine.post("/v1/audio/speech", { input: "Hello.", voice: "one" });
    expect(response.status).toBe(503);
    expect(((await response.json()) as { error: { message: string } }).error.message).toContain(
      "7.3 GB are held by voices.a",
    );
    await reading.body?.cancel();
    await memoryUntil(engine, ({ instances }) =>
      instances.every(({ slot, state }) => slot !== "voices.a" || state === "serving"),
    );
    await engine.slotUntil("voices.a", ({ instances }) => instances.every(({ inflight }) => inflight === 0));
    await speak(engine, "one");
    expect((await history(engine, "voices.a"))[0]).toMatchObject({ reason: "evicted" });
  });
});
