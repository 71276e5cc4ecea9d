import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { join } from "node:path";
import pino from "pino";
import { type Clock, systemClock } from "../../../../core/clock.ts";
import type { DeviceReading } from "../../../../core/devices/device.ts";
import { Gpus } from "../../../../core/devices/gpus.ts";
import { DEADLINE_MS, IDLE_MS, RETRY_MS } from "../../../../core/devices/nvml.ts";
import { type FakeGpu, FakeGpus } from "../../../support/fake-gpus.ts";
import { FakeNvml, type FakeNvmlGpu, noFakeNvml } from "../../../support/fake-nvml.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { processesNaming } from "../../../support/processes.ts";
import { until } from "../../../support/until.ts";

const MIB = 2 ** 20;
const ONE: readonly FakeGpu[] = [{ totalMiB: 1_000 }];
/** What nvidia-smi says where a test needs to know who was asked. */
const OTHER: readonly FakeGpu[] = [{ name: "by nvidia-smi", totalMiB: 2_000 }];

const PROCESSES = "nvmlDeviceGetComputeRunningProcesses_v3";

const name = noFakeNvml
  ? `the GPUs by NVML (SKIPPED: the fake library cannot be built, ${noFakeNvml})`
  : "the GPUs by NVML";

describe.skipIf(noFakeNvml !== undefined)(name, () => {
  let smi: FakeGpus;
  let onPath: Disposable;
  beforeEach(async () => {
    smi = await FakeGpus.create(OTHER);
    onPath = smi.onPath();
  });
  afterEach(async () => {
    onPath[Symbol.dispose]();
    await smi[Symbol.asyncDispose]();
  });

  test("are the same as by nvidia-smi, which is not run", async () => {
    const gpus: readonly FakeGpu[] = [
      { name: "NVIDIA L4", totalMiB: 23_034, reservedMiB: 400, otherMiB: 100 },
      {
        name: "NVIDIA RTX A6000",
        totalMiB: 8_192,
        processes: [
          { pid: 41, mib: 500 },
          { pid: 42, mib: 700, type: "C+G" },
          { pid: 43, mib: 10, type: "G" },
          { pid: 44, mib: 20, type: "M+C" },
          { pid: 45, mib: 30, hidesMemory: true },
        ],
      },
      {
        name: "NVIDIA A100-SXM4-40GB",
        totalMiB: 40_960,
        mig: [
          { gpuInstance: 3, totalMiB: 9_856, otherMiB: 13, uuid: "MIG-a" },
          { gpuInstance: 5, totalMiB: 4_864, uuid: "MIG-b" },
          { gpuInstance: 5, computeInstance: 1, totalMiB: 4_864, uuid: "MIG-c" },
        ],
        processes: [
          { pid: 46, mib: 500, gpuInstance: 3 },
          { pid: 47, mib: 700, gpuInstance: 5 },
        ],
      },
      { totalMiB: 40_960, mig: [] },
    ];
    await using machine = await withNvml(gpus);
    const byNvml = await machine.gpus.read();
    expect(await smi.calls()).toEqual([]);
    await smi.set(gpus);
    await using other = await withNvml([], { oldDriver: true });
    expect(byNvml).toEqual((await other.gpus.read()) as DeviceReading[]);
    expect(await smi.calls()).toEqual(["-q -x"]);
    expect(byNvml.map(({ id, totalBytes, usedBytes }) => [id, totalBytes / MIB, usedBytes / MIB])).toEqual([
      ["cuda:0", 23_034, 500],
      ["cuda:1", 8_192, 1_260],
      ["cuda:2/mig-0", 9_856, 513],
      ["cuda:2/mig-1", 4_864, 700],
      ["cuda:3", 0, 0],
    ]);
  });

  test("are read again each time, by one process", async () => {
    await using machine = await withNvml(ONE);
    expect(await machine.gpus.read()).toMatchObject([{ usedBytes: 0 }]);
    const first = machine.processes();
    await machine.nvml.set([{ totalMiB: 1_000, otherMiB: 300 }]);
    expect(await machine.gpus.read()).toMatchObject([{ usedBytes: 300 * MIB }]);
    expect(first).toHaveLength(1);
    expect(machine.processes()).toEqual(first);
  });

  test("have every process, however many there are", async () => {
    const processes = Array.from({ length: 300 }, (_, index) => ({ pid: 1_000 + index, mib: 1 + index }));
    await using machine = await withNvml([{ totalMiB: 80_000, processes }]);
    const [gpu] = await machine.gpus.read();
    expect(gpu?.processes).toEqual(new Map(processes.map(({ pid, mib }) => [pid, mib * MIB])));
  });

  test("are read even if the driver lists no processes", async () => {
    const processes = [{ pid: 41, mib: 500 }];
    await using machine = await withNvml([{ totalMiB: 1_000, processes }]);
    const NOT_SUPPORTED = 3;
    await machine.nvml.set([{ totalMiB: 1_000, processes }], {
      kind: "fail",
      function: PROCESSES,
      code: NOT_SUPPORTED,
    });
    expect(await machine.gpus.read()).toMatchObject([{ usedBytes: 500 * MIB, processes: new Map() }]);
  });

  test("that this process may not use are left out, and do not count, as in CUDA", async () => {
    const NO_PERMISSION = 4;
    await using machine = await withNvml([
      { totalMiB: 1_000, code: NO_PERMISSION },
      { name: "the second", totalMiB: 2_000 },
    ]);
    expect(await machine.gpus.read()).toMatchObject([{ id: "cuda:0", name: "the second" }]);
  });

  test("have a problem at the one that is lost, and are known otherwise", async () => {
    const IS_LOST = 15;
    await using machine = await withNvml([{ totalMiB: 1_000, code: IS_LOST }, { totalMiB: 2_000 }]);
    expect(await machine.gpus.read()).toMatchObject([
      {
        id: "cuda:0",
        totalBytes: 0,
        problem: "NVML: nvmlDeviceGetHandleByIndex_v2 failed with code 15: GPU is lost",
      },
      { id: "cuda:1", totalBytes: 2_000 * MIB },
    ]);
    expect(await smi.calls()).toEqual([]);
  });

  test("that do not report their memory are listed, with the reason", async () => {
    await using machine = await withNvml([{ totalMiB: 1, hidesMemory: true }]);
    expect(await machine.gpus.read()).toMatchObject([
      { id: "cuda:0", totalBytes: 0, problem: "NVML does not report its memory" },
    ]);
  });

  test.each([
    [
      "says that a function does not exist",
      { kind: "fail", function: PROCESSES, code: 13 },
      /code 13: Function Not Found/,
    ],
    ["cannot start", { kind: "fail", function: "nvmlInit_v2", code: 18 }, /nvmlInit_v2 failed with code 18/],
    [
      "crashes",
      { kind: "crash", function: "nvmlDeviceGetName" },
      /the process that calls NVML ended with SIG/,
    ],
  ] as const)(
    "are read by nvidia-smi if the library %s, and by NVML again after a minute",
    async (_, fault, reason) => {
      const clock = new HandClock();
      await using machine = await withNvml(ONE, { clock });
      await machine.nvml.set(ONE, fault);
      for (const _ of [1, 2]) expect(await machine.gpus.read()).toMatchObject([{ name: "by nvidia-smi" }]);
      expect(machine.warnings()).toEqual([expect.stringMatching(reason)]);
      await machine.nvml.set(ONE);
      clock.pass(RETRY_MS - 1);
      expect(await machine.gpus.read()).toMatchObject([{ name: "by nvidia-smi" }]);
      clock.pass(1);
      expect(await machine.gpus.read()).toMatchObject([{ name: "NVIDIA L4" }]);
    },
  );

  test("are read by nvidia-smi if the driver is too old to have all functions", async () => {
    await using machine = await withNvml(ONE, { oldDriver: true });
    expect(await machine.gpus.read()).toMatchObject([{ name: "by nvidia-smi" }]);
    expect(machine.warnings()).toEqual([expect.stringContaining(PROCESSES)]);
  });

  test("are those with a device file if neither answers, and both reasons are given", async () => {
    await using machine = await withNvml(ONE);
    await machine.nvml.set(ONE, { kind: "fail", function: "nvmlDeviceGetCount_v2", code: 999 });
    await smi.mode("fails");
    expect((await machine.gpus.read())[0]?.problem).toMatch(
      /^NVML: nvmlDeviceGetCount_v2 failed with code 999: .*; nvidia-smi failed with exit code 9: /,
    );
  });

  test("are read by nvidia-smi once NVML has not answered within the deadline, and the process that hangs is ended", async () => {
    const clock = new HandClock();
    await using machine = await withNvml(ONE, { clock });
    await machine.nvml.set(ONE, { kind: "hang", function: "nvmlDeviceGetMemoryInfo" });
    const reading = machine.gpus.read();
    await clock.timer();
    clock.pass(DEADLINE_MS - 1);
    expect(await smi.calls()).toEqual([]);
    expect(machine.processes()).toHaveLength(1);
    clock.pass(1);
    expect(await reading).toMatchObject([{ name: "by nvidia-smi" }]);
    await machine.noProcess();
    await machine.nvml.set(ONE);
    clock.pass(RETRY_MS);
    expect(await machine.gpus.read()).toMatchObject([{ name: "NVIDIA L4" }]);
  });

  test("are read by a process that ends after a minute without a question, and starts again when it is needed", async () => {
    const clock = new HandClock();
    await using machine = await withNvml(ONE, { clock });
    await machine.gpus.read();
    clock.pass(IDLE_MS - 1);
    await machine.gpus.read();
    clock.pass(IDLE_MS - 1);
    expect(machine.processes()).toHaveLength(1);
    clock.pass(1);
    expect(await machine.gpus.read()).toMatchObject([{ name: "NVIDIA L4" }]);
    await until("the old process is gone", () => machine.processes().length === 1);
    clock.pass(IDLE_MS);
    await machine.noProcess();
  });

  test.each(["answers", "hangs"])(
    "leave no process behind, and do not hold up an engine that ends, if NVML %s",
    async (how) => {
      await using machine = await withNvml(ONE);
      const hang = { kind: "hang", function: "nvmlDeviceGetCount_v2" } as const;
      await machine.nvml.set(ONE, ...(how === "hangs" ? [hang] : []));
      const engine = Bun.spawn(
        [
          process.execPath,
          join(import.meta.dir, "read-gpus.ts"),
          machine.nvml.library,
          ...(how === "hangs" ? [machine.nvml.hangs] : []),
        ],
        {
          stdout: "pipe",
        },
      );
      expect(await engine.exited).toBe(0);
      expect(await engine.stdout.text()).toBe(how === "answers" ? "cuda:0\n" : "hangs\n");
      if (how === "answers") await machine.noProcess();
      // One that hangs does not see that the engine has ended; it is left to the driver.
      for (const pid of machine.processes()) process.kill(pid, "SIGKILL");
    },
  );
});

/** A machine with NVML, and one device file. */
async function withNvml(
  gpus: readonly FakeNvmlGpu[],
  { clock = systemClock, oldDriver = false }: { clock?: Clock; oldDriver?: boolean } = {},
) {
  const nvml = await FakeNvml.create(gpus, { oldDriver });
  await Bun.write(join(nvml.folder, "nvidia0"), "");
  const logged: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void logged.push(line) });
  const reader = new Gpus({ clock, log, library: nvml.library, deviceFolder: nvml.folder });
  const machine = {
    nvml,
    gpus: reader,
    /** What was logged as a warning: the messages of the errors. */
    warnings: () => logged.map((line) => (JSON.parse(line) as { err: Error }).err.message),
    /** Ids of the processes that call this library. */
    processes: () => processesNaming(nvml.library),
    noProcess: () => until("no process calls NVML", () => machine.processes().length === 0),
    async [Symbol.asyncDispose]() {
      reader.close();
      await machine.noProcess();
      await nvml[Symbol.asyncDispose]();
    },
  };
  return machine;
}
