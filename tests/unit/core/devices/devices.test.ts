import { describe, expect, test } from "bun:test";
import { Devices } from "../../../../core/devices/devices.ts";
import { systemReaders } from "../../../../core/devices/inventory.ts";
import { openJournal } from "../../../../core/journal/mod.ts";
import { FakeGpus } from "../../../support/fake-gpus.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { silentLog } from "../../../support/silent-log.ts";
import { CONTEXT, GB, machine, reading, request } from "./machine.ts";

describe("what was measured", () => {
  test("replaces the estimate, and is the estimate of the next load, also after a restart", async () => {
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

  test("leaves the estimate of the GPU if the driver lists no processes, as in containers", async () => {
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

  test("counts only on the host if the plugin fell back to the CPU", async () => {
    const { devices, state, memoryHistory } = machine();
    await devices.admit(request("voices.a#1", 6 * GB, { device: "auto" }));
    state.resident.set(41, 700e6);
    await devices.measure("voices.a#1", 41, "cpu");
    expect((await devices.overview()).instances).toMatchObject([{ device: "cpu", reservedBytes: 700e6 }]);
    const of = { plugin: "piper@1.0.0", model: "voices.a@1.0.0" };
    expect(memoryHistory.find({ ...of, device: "cpu" })).toEqual({ hostBytes: 700e6 });
    expect(memoryHistory.find({ ...of, device: "cuda:0" })).toBeUndefined();
  });

  test("is nothing for an instance that was released, or whose process has ended", async () => {
    const { devices, memoryHistory } = machine();
    await devices.measure("voices.a#1", 41);
    await devices.admit(request("voices.a#1", 6 * GB));
    await devices.measure("voices.a#1", 41);
    expect((await devices.overview()).instances[0]?.reservedBytes).toBe(6 * GB + CONTEXT);
    expect(
      memoryHistory.find({ plugin: "piper@1.0.0", model: "voices.a@1.0.0", device: "cuda:0" }),
    ).toBeUndefined();
  });

  test("is nothing for an instance that ends while it is measured", async () => {
    const readers = {
      host: () => reading("host", 100 * GB, 0),
      gpus: async () => [],
      tree: async (pid: number) => [pid],
      residentBytes: () => undefined,
      bytesNotResident: () => Promise.resolve(0),
      tasks: () => undefined,
      tasksOfMachine: () => undefined,
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

  test("counts even if it cannot be written to the journal", async () => {
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

  test("ends as soon as the GPU reports the room that was reserved", async () => {
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

  test("ends after 5 s, and says that there is no room", async () => {
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

  test("does not happen if no instance has ended", async () => {
    const { devices, state } = machine();
    await devices.admit(request("voices.a#1", 6 * GB));
    state.gpuUsed = 9 * GB;
    expect(await devices.awaitRoom("voices.a#1")).toBe(true);
    expect(await devices.awaitRoom("nobody")).toBe(true);
  });

  test("does not go on: use that remains after 5 s belongs to other programs", async () => {
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
  test("shows every device with its budget and reservations, and the reason for a GPU that cannot be read", async () => {
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
      bytesNotResident: () => Promise.resolve(0),
      tasks: () => undefined,
      tasksOfMachine: () => undefined,
    };
    expect((await machine({ readers }).devices.overview()).devices[1]).toMatchObject({
      budgetBytes: 0,
      problem: "nvidia-smi is not on the PATH",
    });
  });

  test("of this machine has the host, and the GPUs that nvidia-smi lists", async () => {
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
  test("is the resident memory of it and of its descendants", async () => {
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
      bytesNotResident: () => Promise.resolve(0),
      tasks: () => undefined,
      tasksOfMachine: () => undefined,
    };
    const { devices } = machine({ readers });
    expect(await devices.usesAtMost(41)).toBe(7e6);
    resident.delete(41);
    expect(await devices.usesAtMost(41)).toBeUndefined();
  });

  test("is never less than the use that this machine reports", async () => {
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
