import { describe, expect, test } from "bun:test";
import { type Clock, systemClock } from "../../../../core/clock.ts";
import type { DeviceReading } from "../../../../core/devices/device.ts";
import { Gpus } from "../../../../core/devices/gpus.ts";
import { DEADLINE_MS } from "../../../../core/devices/nvidia-smi.ts";
import { type FakeGpu, FakeGpus, withPath } from "../../../support/fake-gpus.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { silentLog } from "../../../support/silent-log.ts";
import { until } from "../../../support/until.ts";
import { temporaryFolder } from "../releases/folder.ts";

const MIB = 2 ** 20;

/** The reader of the GPUs on a machine without NVML. */
function withoutNvml(clock: Clock = systemClock, deviceFolder?: string): Gpus {
  return new Gpus({ clock, log: silentLog(), library: "/no/such/libnvidia-ml.so.1", deviceFolder });
}

async function read(gpus: readonly FakeGpu[]): Promise<readonly DeviceReading[]> {
  await using fake = await FakeGpus.create(gpus);
  using _ = fake.onPath();
  return await withoutNvml().read();
}

/** A machine with one GPU, by its device files. */
async function withOneGpu(clock: Clock = systemClock) {
  const folder = await temporaryFolder({ nvidia0: "", nvidiactl: "", "nvidia-uvm": "" });
  const gpus = withoutNvml(clock, folder.path);
  return { gpus, path: folder.path, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

function unknown(problem: string): DeviceReading[] {
  return [{ id: "cuda:0", name: "NVIDIA GPU", totalBytes: 0, usedBytes: 0, problem, processes: new Map() }];
}

describe("the GPUs without NVML", () => {
  test("are read with one call: their names, their memory, and what each process uses of it", async () => {
    await using fake = await FakeGpus.create([
      { name: "NVIDIA L4", totalMiB: 23_034, reservedMiB: 400, otherMiB: 100 },
      {
        name: "NVIDIA RTX &quot;A&quot; &amp; B",
        totalMiB: 8_192,
        processes: [
          { pid: 41, mib: 500 },
          { pid: 42, mib: 700, name: "chrome --a=<b & c>", type: "G" },
          { pid: 42, mib: 700, type: "C" },
        ],
      },
    ]);
    using _ = fake.onPath();
    expect(await withoutNvml().read()).toEqual([
      {
        id: "cuda:0",
        name: "NVIDIA L4",
        totalBytes: 23_034 * MIB,
        // What the driver keeps for itself is not available.
        usedBytes: 500 * MIB,
        uuid: "GPU-00000000-0000-4000-8000-000000000001",
        processes: new Map(),
      },
      {
        id: "cuda:1",
        name: 'NVIDIA RTX "A" & B',
        totalBytes: 8_192 * MIB,
        usedBytes: 1_900 * MIB,
        uuid: "GPU-00000000-0000-4000-8000-000000000002",
        processes: new Map([
          [41, 500 * MIB],
          [42, 700 * MIB],
        ]),
      },
    ]);
    expect(await fake.calls()).toEqual(["-q -x"]);
  });

  test("in MIG mode are one device per GPU instance, each with its own memory and processes", async () => {
    const readings = await read([
      { totalMiB: 1_000 },
      {
        name: "NVIDIA A100",
        totalMiB: 40_960,
        mig: [
          { gpuInstance: 3, totalMiB: 9_856, otherMiB: 13, uuid: "MIG-a" },
          { gpuInstance: 5, totalMiB: 4_864, uuid: "MIG-b" },
          { gpuInstance: 5, computeInstance: 1, totalMiB: 4_864, uuid: "MIG-c" },
        ],
        processes: [
          { pid: 41, mib: 500, gpuInstance: 3 },
          { pid: 42, mib: 700, gpuInstance: 5 },
        ],
      },
    ]);
    expect(
      readings.map(({ id, uuid, totalBytes, usedBytes }) => [id, uuid, totalBytes / MIB, usedBytes / MIB]),
    ).toEqual([
      ["cuda:0", "GPU-00000000-0000-4000-8000-000000000001", 1_000, 0],
      ["cuda:1/mig-0", "MIG-a", 9_856, 513],
      ["cuda:1/mig-1", "MIG-b", 4_864, 700],
    ]);
    expect(readings.map(({ processes }) => [...processes])).toEqual([
      [],
      [[41, 500 * MIB]],
      [[42, 700 * MIB]],
    ]);
  });

  test("in MIG mode are one device if the driver reports no UUIDs: a process gets the first GPU instance", async () => {
    const readings = await read([
      {
        totalMiB: 40_960,
        mig: [
          { gpuInstance: 3, totalMiB: 9_856 },
          { gpuInstance: 5, totalMiB: 4_864 },
        ],
      },
      { totalMiB: 40_960, mig: [] },
    ]);
    expect(readings.map(({ id, problem }) => [id, problem])).toEqual([
      ["cuda:0/mig-0", undefined],
      ["cuda:1", "it is in MIG mode and has no MIG device, so CUDA does not see it"],
    ]);
  });

  test("that do not report their memory are listed, with the reason", async () => {
    const [gpu] = await read([{ totalMiB: 1, hidesMemory: true }]);
    expect(gpu).toMatchObject({
      id: "cuda:0",
      totalBytes: 0,
      problem: "nvidia-smi does not report its memory",
    });
  });

  test("are those with a device file if nvidia-smi is not on the present PATH, and no process is started", async () => {
    await using fake = await FakeGpus.create([{ totalMiB: 1_000 }]);
    await using machine = await withOneGpu();
    {
      using _ = withPath(machine.path);
      expect(await machine.gpus.read()).toEqual(unknown("nvidia-smi is not on the PATH"));
    }
    expect(await fake.calls()).toEqual([]);
    using _ = fake.onPath();
    expect((await machine.gpus.read()).map(({ totalBytes }) => totalBytes)).toEqual([1_000 * MIB]);
  });

  test("are none without a device file", async () => {
    await using folder = await temporaryFolder();
    using _ = withPath(folder.path);
    expect(await withoutNvml(systemClock, folder.path).read()).toEqual([]);
    expect(await withoutNvml(systemClock, `${folder.path}/none`).read()).toEqual([]);
  });

  test("have a problem while nvidia-smi fails or prints something else, and none when it answers again", async () => {
    await using fake = await FakeGpus.create([{ totalMiB: 1_000 }]);
    await using machine = await withOneGpu();
    using _ = fake.onPath();
    await fake.mode("fails");
    expect((await machine.gpus.read())[0]?.problem).toStartWith(
      "nvidia-smi failed with exit code 9: NVIDIA-SMI has failed because it couldn't communicate",
    );
    await fake.mode("answers");
    for (const text of ["", "No devices were found\n", "<nvidia_smi_log><gpu>", "<html></html>"]) {
      await fake.print(text);
      expect(await machine.gpus.read(), text).toEqual(unknown(expect.any(String)));
    }
    expect((await machine.gpus.read())[0]?.problem).toBe(
      "nvidia-smi printed what cannot be read: its root is <html>, not <nvidia_smi_log>",
    );
    await fake.set([{ totalMiB: 2_000 }]);
    expect(await machine.gpus.read()).toMatchObject([{ totalBytes: 2_000 * MIB }]);
  });

  test("have a problem if nvidia-smi does not answer within the deadline, and none when it answers again", async () => {
    await using fake = await FakeGpus.create([{ totalMiB: 1_000 }]);
    const clock = new HandClock();
    await using machine = await withOneGpu(clock);
    using _ = fake.onPath();
    await fake.mode("hangs");
    const reading = machine.gpus.read();
    await clock.timer();
    clock.pass(DEADLINE_MS - 1);
    expect(clock.timers).toBe(1);
    clock.pass(1);
    expect(await reading).toEqual(unknown("nvidia-smi did not answer within 5000 ms"));
    await fake.mode("answers");
    // It was killed, and takes a moment to be gone.
    await until("the GPU is known again", () => machine.gpus.read(), {
      is: (gpus) => gpus.some(({ totalBytes }) => totalBytes > 0),
    });
  });
});
