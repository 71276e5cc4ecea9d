import { describe, expect, test } from "bun:test";
import type { DeviceReading } from "../../../../core/devices/device.ts";
import { Devices, type DevicesOptions } from "../../../../core/devices/devices.ts";
import { systemReaders } from "../../../../core/devices/inventory.ts";
import type { MemoryRequest } from "../../../../core/devices/memory-request.ts";
import { openJournal } from "../../../../core/journal/mod.ts";
import { FakeGpus } from "../../../support/fake-gpus.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { silentLog } from "../../../support/silent-log.ts";

const GB = 1e9;
const CONTEXT = 0.32 * GB;

/** A machine whose memory the test sets: 100 GB for the host, 10 GB on cuda:0. */
function machine(options: Partial<DevicesOptions> = {}) {
  const state = {
    hostUsed: 20 * GB,
    gpuUsed: 0,
    /** Process id to bytes on the GPU, as the driver lists them. */
    listed: new Map<number, number>(),
    /** Process id to bytes of the host. */
    resident: new Map<number, number>(),
    gpuReadings: 0,
  };
  const clock = new HandClock();
  const { memoryHistory } = openJournal(":memory:");
  const devices = new Devices({
    clock,
    log: silentLog(),
    memoryHistory,
    budgets: { host: "100%", "cuda:0": "100%" },
    readers: {
      host: () => reading("host", 100 * GB, state.hostUsed),
      gpus() {
        state.gpuReadings++;
        return Promise.resolve([{ ...reading("cuda:0", 10 * GB, state.gpuUsed), processes: state.listed }]);
      },
      tree: (pid) => Promise.resolve(state.resident.has(pid) ? [pid] : []),
      hostBytes: ([pid = 0]) => Promise.resolve(state.resident.get(pid)),
      residentBytes: (pid) => state.resident.get(pid),
    },
    ...options,
  });
  return { state, clock, memoryHistory, devices };
}

function reading(id: string, totalBytes: number, usedBytes: number): DeviceReading {
  return { id, name: id, totalBytes, usedBytes, processes: new Map() };
}

/** An instance of a model of which its model.json says so many bytes. */
function request(key: string, declaredBytes: number, fields: Partial<MemoryRequest> = {}): MemoryRequest {
  const [slot = ""] = key.split("#");
  return {
    key,
    slot,
    plugin: "piper@1.0.0",
    model: `${slot}@1.0.0`,
    device: "cuda:0",
    mayUseGpu: true,
    declaredBytes,
    weightsBytes: 1 * GB,
    givesBack: [],
    evictable: [],
    beside: false,
    ...fields,
  };
}

describe("an admission", () => {
  test("holds the room until the process is gone, and a dry run holds nothing", async () => {
    const { devices } = machine();
    const wanted = request("voices.a#1", 6 * GB);
    expect(await devices.preview(wanted)).toMatchObject({ verdict: "fits-beside", device: "cuda:0" });
    expect(await devices.admit(wanted)).toMatchObject({ verdict: "fits-beside" });
    expect(await devices.admit(request("voices.b#1", 6 * GB))).toMatchObject({
      verdict: "refused",
      message: expect.stringContaining("held by voices.a (6.3 GB)"),
    });
    devices.release("voices.a#1");
    devices.release("voices.a#1");
    expect(await devices.admit(request("voices.b#1", 6 * GB))).toMatchObject({ verdict: "fits-beside" });
  });

  test("of two at the same time, for room that is there once, is given to one", async () => {
    const { devices } = machine();
    const both = ["voices.a#1", "voices.b#1"].map((key) => devices.admit(request(key, 6 * GB)));
    const verdicts = (await Promise.all(both)).map(({ verdict }) => verdict);
    expect(verdicts.sort()).toEqual(["fits-beside", "refused"]);
  });

  test("that has to wait for the end of the old one keeps the room from all others, between the two as well", async () => {
    const { devices, state } = machine();
    await devices.admit(request("voices.a#1", 6 * GB));
    state.gpuUsed = 6 * GB + CONTEXT;
    const swap = request("voices.a#2", 4 * GB, { givesBack: ["voices.a#1"] });
    expect(await devices.admit({ ...swap, beside: true })).toMatchObject({ verdict: "refused" });
    expect(await devices.admit(swap)).toMatchObject({ verdict: "fits-after-unload" });
    const other = request("voices.b#1", 4 * GB);
    expect((await devices.admit(other)).verdict).toBe("refused");
    // The larger of the two counts, not both.
    expect((await devices.preview(request("voices.d#1", 3 * GB))).verdict).toBe("fits-beside");
    devices.release("voices.a#1");
    state.gpuUsed = 0;
    const third = request("voices.c#1", 6 * GB);
    expect((await devices.admit(third)).verdict).toBe("refused");
    expect((await devices.admit(other)).verdict).toBe("fits-beside");
  });

  test("that needs others gone holds nothing until they are, and then comes in", async () => {
    const { devices, state } = machine();
    await devices.admit(request("voices.a#1", 6 * GB));
    const wanted = request("voices.b#1", 6 * GB, { evictable: [{ key: "voices.a#1", lastUsedAt: 0 }] });
    expect(await devices.admit(wanted)).toMatchObject({ verdict: "fits-beside", evict: ["voices.a#1"] });
    expect((await devices.overview()).instances.map(({ key }) => key)).toEqual(["voices.a#1"]);
    // The driver still shows what the process had that was unloaded.
    state.gpuUsed = 6 * GB;
    devices.release("voices.a#1");
    expect(await devices.admit(wanted)).toMatchObject({ verdict: "fits-beside", evict: [] });
  });

  test("does not count a neighbour twice that is loading, whose memory comes up bit by bit", async () => {
    const { devices, state, clock } = machine();
    state.gpuUsed = 1 * GB;
    await devices.admit(request("voices.a#1", 4 * GB));
    const [wanted, larger] = [request("voices.b#1", 4 * GB), request("voices.b#1", 4.5 * GB)];
    for (const loaded of [0, 2 * GB, 4 * GB]) {
      state.gpuUsed = 1 * GB + loaded;
      clock.pass(1_000);
      expect((await devices.preview(wanted)).verdict).toBe("fits-beside");
      expect((await devices.preview(larger)).verdict).toBe("refused");
    }
    state.gpuUsed = 8 * GB;
    clock.pass(1_000);
    expect((await devices.preview(wanted)).verdict).toBe("refused");
  });

  test("to the CPU never asks for the GPUs, nor waits for them", async () => {
    const { devices, state } = machine();
    const cpu = [
      request("voices.a#1", GB, { device: "cpu" }),
      request("sinks.b#1", 0, { device: "auto", mayUseGpu: false }),
    ];
    for (const one of cpu) expect((await devices.admit(one)).device).toBe("cpu");
    state.resident.set(41, 90e6);
    await devices.measure("voices.a#1", 41);
    expect(await devices.usage(41)).toEqual({ hostBytes: 90e6 });
    expect(await devices.awaitRoom("voices.a#1")).toBe(true);
    expect(state.gpuReadings).toBe(0);
  });

  test("goes by the budgets of the moment, and puts nobody out", async () => {
    const { devices } = machine();
    await devices.admit(request("voices.a#1", 6 * GB));
    devices.configure({ "cuda:0": "50%" });
    expect((await devices.overview()).instances).toHaveLength(1);
    expect((await devices.admit(request("voices.b#1", 1 * GB))).message).toContain(
      "cuda:0 has 0 MB of its budget of 5.0 GB free",
    );
  });

  test("lets the shipped voices in on a machine that has hardly any memory left, if no budget is set", async () => {
    const host = () => reading("host", 0.5 * GB, 0.45 * GB);
    const readers = {
      host,
      gpus: async () => [],
      tree: async () => [],
      hostBytes: async () => undefined,
      residentBytes: () => undefined,
    };
    const { devices } = machine({ budgets: {}, readers });
    for (const slot of ["slt", "rms"]) {
      const { verdict } = await devices.admit(request(`voices.${slot}#1`, 250e6, { device: "auto" }));
      expect(verdict).toBe("fits-beside");
    }
    devices.configure({ host: "80%" });
    expect((await devices.admit(request("voices.c#1", 50e6, { device: "cpu" }))).verdict).toBe("refused");
  });
});

describe("what was measured", () => {
  test("takes the place of the estimate, and is the estimate of the next load, after a restart too", async () => {
    const { devices, state, memoryHistory } = machine();
    await devices.admit(request("voices.a#1", 6 * GB));
    state.listed.set(41, 2 * GB);
    state.gpuUsed = 2 * GB;
    state.resident.set(41, 700e6);
    await devices.measure("voices.a#1", 41);
    expect((await devices.overview()).instances).toEqual([
      { key: "voices.a#1", slot: "voices.a", device: "cuda:0", reservedBytes: 2 * GB },
    ]);
    expect(await devices.usage(41)).toEqual({ hostBytes: 700e6, gpuBytes: 2 * GB });
    const next = machine({ memoryHistory });
    expect(await next.devices.preview(request("voices.a#1", 6 * GB))).toMatchObject({
      needs: [
        { device: "cuda:0", bytes: 2 * GB },
        { device: "host", bytes: 700e6 },
      ],
    });
    const newer = request("voices.a#1", 6 * GB, { model: "voices.a@2.0.0" });
    expect((await next.devices.preview(newer)).needs[0]).toEqual({
      device: "cuda:0",
      bytes: 6 * GB + CONTEXT,
    });
  });

  test("leaves the estimate of the GPU where the driver lists no processes, as in containers", async () => {
    const { devices, state } = machine();
    await devices.admit(request("voices.a#1", 4 * GB));
    state.gpuUsed = 3 * GB;
    state.resident.set(41, 700e6);
    await devices.measure("voices.a#1", 41);
    const { instances, devices: views } = await devices.overview();
    expect(instances[0]?.reservedBytes).toBe(4 * GB + CONTEXT);
    expect(views.map(({ id, reservedBytes }) => [id, reservedBytes])).toEqual([
      ["host", 700e6],
      ["cuda:0", 4 * GB + CONTEXT],
    ]);
    expect((await devices.preview(request("voices.b#1", 5 * GB))).verdict).toBe("fits-beside");
  });

  test("counts on the host alone if the plugin fell back to the CPU", async () => {
    const { devices, state, memoryHistory } = machine();
    await devices.admit(request("voices.a#1", 6 * GB, { device: "auto" }));
    state.resident.set(41, 700e6);
    await devices.measure("voices.a#1", 41, "cpu");
    expect((await devices.overview()).instances).toMatchObject([{ device: "cpu", reservedBytes: 700e6 }]);
    const of = { plugin: "piper@1.0.0", model: "voices.a@1.0.0" };
    expect(memoryHistory.find({ ...of, device: "cpu" })).toEqual({ hostBytes: 700e6 });
    expect(memoryHistory.find({ ...of, device: "cuda:0" })).toBeUndefined();
  });

  test("is nothing for an instance that is gone, or whose process is", async () => {
    const { devices, memoryHistory } = machine();
    await devices.measure("voices.a#1", 41);
    await devices.admit(request("voices.a#1", 6 * GB));
    await devices.measure("voices.a#1", 41);
    expect((await devices.overview()).instances[0]?.reservedBytes).toBe(6 * GB + CONTEXT);
    expect(
      memoryHistory.find({ plugin: "piper@1.0.0", model: "voices.a@1.0.0", device: "cuda:0" }),
    ).toBeUndefined();
  });

  test("is nothing for one that ends while it is measured: its process is only half there", async () => {
    const readers = {
      host: () => reading("host", 100 * GB, 0),
      gpus: async () => [],
      tree: async (pid: number) => [pid],
      residentBytes: () => undefined,
      async hostBytes() {
        made.devices.release("voices.a#1");
        return 1;
      },
    };
    const made = machine({ readers });
    await made.devices.admit(request("voices.a#1", 6 * GB, { device: "cpu" }));
    await made.devices.measure("voices.a#1", 41);
    const of = { plugin: "piper@1.0.0", model: "voices.a@1.0.0", device: "cpu" };
    expect(made.memoryHistory.find(of)).toBeUndefined();
  });

  test("that cannot be written down counts all the same", async () => {
    const memoryHistory = {
      find: () => undefined,
      remember() {
        throw new Error("the disk is full");
      },
    };
    const { devices, state } = machine({ memoryHistory });
    await devices.admit(request("voices.a#1", 6 * GB, { device: "cpu" }));
    state.resident.set(41, 700e6);
    await devices.measure("voices.a#1", 41);
    expect((await devices.overview()).instances[0]?.reservedBytes).toBe(700e6);
  });
});

describe("the wait for memory to come back", () => {
  /** A swap whose old process has just ended, and shows as used still. */
  async function unloaded() {
    const made = machine();
    await made.devices.admit(request("voices.a#1", 6 * GB));
    made.state.gpuUsed = 6 * GB;
    await made.devices.admit(request("voices.a#2", 6 * GB, { givesBack: ["voices.a#1"] }));
    made.devices.release("voices.a#1");
    return made;
  }

  test("ends as soon as the GPU shows the room that was reserved", async () => {
    const { devices, state, clock } = await unloaded();
    let isThere: boolean | undefined;
    const waited = devices.awaitRoom("voices.a#2").then((free) => (isThere = free));
    for (const used of [6 * GB, 4 * GB]) {
      state.gpuUsed = used;
      await clock.timer();
      expect(isThere).toBeUndefined();
      clock.pass(250);
    }
    await clock.timer();
    state.gpuUsed = 1 * GB;
    clock.pass(250);
    expect(await waited).toBe(true);
    expect(clock.now()).toBe(750);
    const { gpuReadings } = state;
    expect(await devices.awaitRoom("voices.a#2")).toBe(true);
    expect(state.gpuReadings).toBe(gpuReadings);
  });

  test("is over after 5 s, and says that the room is not there", async () => {
    const { devices, clock } = await unloaded();
    let waiting = true;
    const waited = devices.awaitRoom("voices.a#2").finally(() => (waiting = false));
    while (waiting) {
      await Promise.race([clock.timer(), waited]);
      if (waiting) clock.pass(250);
    }
    expect(await waited).toBe(false);
    expect(clock.now()).toBe(5_000);
  });

  test("is none where nobody has left", async () => {
    const { devices, state } = machine();
    await devices.admit(request("voices.a#1", 6 * GB));
    state.gpuUsed = 9 * GB;
    expect(await devices.awaitRoom("voices.a#1")).toBe(true);
    expect(await devices.awaitRoom("nobody")).toBe(true);
  });

  test("is no longer held against other programs: what shows as used after 5 s is theirs", async () => {
    const { devices, state, clock } = machine();
    await devices.admit(request("voices.a#1", 6 * GB));
    state.gpuUsed = 6 * GB;
    devices.release("voices.a#1");
    clock.pass(4_999);
    expect((await devices.preview(request("voices.b#1", 6 * GB))).verdict).toBe("fits-beside");
    clock.pass(1_001);
    expect((await devices.preview(request("voices.b#1", 6 * GB))).verdict).toBe("refused");
  });
});

describe("the overview", () => {
  test("shows every device with its budget and what is spoken for, and a GPU that cannot be read with the reason", async () => {
    const gpu = { ...reading("cuda:0", 0, 0), problem: "nvidia-smi is not on the PATH" };
    const { devices } = machine({ budgets: { host: "50%" } });
    await devices.admit(request("voices.a#1", 6 * GB));
    expect((await devices.overview()).devices).toEqual([
      {
        id: "host",
        name: "host",
        totalBytes: 100 * GB,
        usedBytes: 20 * GB,
        budgetBytes: 50 * GB,
        reservedBytes: 1.15 * GB,
      },
      {
        id: "cuda:0",
        name: "cuda:0",
        totalBytes: 10 * GB,
        usedBytes: 0,
        budgetBytes: 9.5 * GB,
        reservedBytes: 6 * GB + CONTEXT,
      },
    ]);
    const host = () => reading("host", GB, 0);
    const readers = {
      host,
      gpus: async () => [gpu],
      tree: async () => [],
      hostBytes: async () => undefined,
      residentBytes: () => undefined,
    };
    expect((await machine({ readers }).devices.overview()).devices[1]).toMatchObject({
      budgetBytes: 0,
      problem: "nvidia-smi is not on the PATH",
    });
  });

  test("of this machine, with GPUs that nvidia-smi tells of, has them and the host", async () => {
    await using fake = await FakeGpus.create([
      { totalMiB: 8_000, processes: [{ pid: process.pid, mib: 700 }] },
      { totalMiB: 8_000 },
    ]);
    using _ = fake.onPath();
    const system = { clock: new HandClock(), log: silentLog() };
    const devices = new Devices({
      ...system,
      memoryHistory: openJournal(":memory:").memoryHistory,
      readers: systemReaders({ ...system, library: "/no/such/libnvidia-ml.so.1" }),
    });
    const { devices: views } = await devices.overview();
    expect(views.map(({ id }) => id)).toEqual(["host", "cuda:0", "cuda:1"]);
    expect((await devices.admit(request("voices.a#1", GB, { device: "auto" }))).device).toBe("cuda:1");
    const { hostBytes, gpuBytes } = await devices.usage(process.pid);
    expect(hostBytes).toBeGreaterThan(1_000_000);
    expect(gpuBytes).toBe(700 * 2 ** 20);
    expect(await fake.calls()).toEqual(["-q -x"]);
  });
});

describe("what a process uses at most", () => {
  test("is the resident memory of it and of all that it has started", async () => {
    const resident = new Map([
      [41, 3e6],
      [42, 4e6],
    ]);
    const readers = {
      host: () => reading("host", GB, 0),
      gpus: async () => [],
      tree: async () => [41, 42],
      hostBytes: async () => undefined,
      residentBytes: (pid: number) => resident.get(pid),
    };
    const { devices } = machine({ readers });
    expect(await devices.usesAtMost(41)).toBe(7e6);
    resident.delete(41);
    expect(await devices.usesAtMost(41)).toBeUndefined();
  });

  test("is never less than what this machine says that it uses", async () => {
    const { clock, memoryHistory } = machine();
    const devices = new Devices({ clock, memoryHistory, log: silentLog() });
    const [most = 0, { hostBytes = 0 }] = await Promise.all([
      devices.usesAtMost(process.pid),
      devices.usage(process.pid),
    ]);
    expect(hostBytes).toBeGreaterThan(1e6);
    // Both are read while it runs.
    expect(most).toBeGreaterThan(0.8 * hostBytes);
  });
});
