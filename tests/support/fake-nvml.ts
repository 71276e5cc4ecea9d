/**
 * A `libnvidia-ml.so.1` for machines without a GPU. It is compiled from fake-nvml.c, and lists GPUs that a test makes up and
 * changes.
 *
 * @module
 */
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NVML_LIBRARY } from "../../core/devices/nvml.ts";
import type { FakeGpu, FakeGpuProcess } from "./fake-gpus.ts";

const MIB = 2 ** 20;
/** NVML_VALUE_NOT_AVAILABLE */
const NOT_AVAILABLE = 2n ** 64n - 1n;
const COMPILER = Bun.which("cc") ?? Bun.which("gcc") ?? Bun.which("clang");

/** Why it cannot be built here; undefined if it can. */
export const noFakeNvml: string | undefined =
  process.platform !== "linux" ? "not on Linux" : COMPILER ? undefined : "no C compiler on the PATH";

/** What goes wrong in one function of the library. */
export type NvmlFault =
  /** @param code of nvmlReturn_t */
  { kind: "fail"; function: string; code: number } | { kind: "hang" | "crash"; function: string };

/** A GPU that NVML lists; the parts that are its own. */
export interface FakeNvmlGpu extends FakeGpu {
  /** What nvmlDeviceGetHandleByIndex_v2 returns for it. Default: 0, success. */
  code?: number;
}

/** The library, compiled once for all tests of a process. */
const builds: { old?: Promise<Uint8Array>; new?: Promise<Uint8Array> } = {};

async function build(...flags: readonly string[]): Promise<Uint8Array> {
  if (!COMPILER) throw new Error("Cannot build the fake library because there is no C compiler on the PATH");
  const folder = await mkdtemp(join(tmpdir(), "syrinx-nvml-"));
  try {
    const [source, library] = [join(import.meta.dir, "fake-nvml.c"), join(folder, NVML_LIBRARY)];
    const compiler = Bun.spawn([COMPILER, "-shared", "-fPIC", ...flags, "-o", library, source, "-ldl"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const [errors, code] = await Promise.all([compiler.stderr.text(), compiler.exited]);
    if (code !== 0) throw new Error(`Cannot build the fake library: ${errors}`);
    return await readFile(library);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export class FakeNvml implements AsyncDisposable {
  private constructor(readonly folder: string) {}

  /** @param oldDriver without the functions of driver 510 */
  static async create(gpus: readonly FakeNvmlGpu[] = [], { oldDriver = false } = {}): Promise<FakeNvml> {
    const library = await (oldDriver ? (builds.old ??= build("-DOLD_DRIVER")) : (builds.new ??= build()));
    const fake = new FakeNvml(await mkdtemp(join(tmpdir(), "syrinx-nvml-")));
    await Bun.write(fake.library, library);
    await fake.set(gpus);
    return fake;
  }

  /** Its path. With {@linkcode folder} in LD_LIBRARY_PATH the dynamic linker finds it by its name. */
  get library(): string {
    return join(this.folder, NVML_LIBRARY);
  }

  get #file(): string {
    return join(this.folder, "gpus");
  }

  /** The file that is there once a call hangs. */
  get hangs(): string {
    return join(this.folder, "hangs");
  }

  /** Sets the GPUs, and what goes wrong, from now on. A reader sees all of it or nothing. */
  async set(gpus: readonly FakeNvmlGpu[], ...faults: readonly NvmlFault[]): Promise<void> {
    const lines = [...faults.map(faultLine), ...gpus.flatMap(gpuLines)];
    await writeFile(`${this.#file}.new`, lines.map((line) => `${line}\n`).join(""));
    await rename(`${this.#file}.new`, this.#file);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The columns of each line: kind, gpu, index or pid, instance or code, MIG mode, two sizes, a word, and a text. */
function faultLine(fault: NvmlFault): string {
  return `${fault.kind} 0 ${fault.kind === "fail" ? fault.code : 0} 0 0 0 0 ${fault.function}`;
}

function gpuLines(gpu: FakeNvmlGpu, place: number): string[] {
  const { name = "NVIDIA L4", totalMiB, reservedMiB = 0, otherMiB = 0, processes = [], mig, code = 0 } = gpu;
  const uuid = `GPU-00000000-0000-4000-8000-0000000000${(place + 1).toString(16).padStart(2, "0")}`;
  const total = gpu.hidesMemory ? 0 : totalMiB * MIB;
  const free = total - (reservedMiB + otherMiB + sumOf(processes)) * MIB;
  return [
    `gpu ${place} 0 ${code} ${mig ? 1 : -1} ${total} ${Math.max(0, free)} ${uuid} ${name}`,
    ...(mig ?? []).map((device, index) => {
      const { gpuInstance, totalMiB, otherMiB = 0, uuid = "MIG-none" } = device;
      const own = processes.filter((process) => process.gpuInstance === gpuInstance);
      const free = (totalMiB - otherMiB - sumOf(own)) * MIB;
      return `mig ${place} ${index} ${gpuInstance} 0 ${totalMiB * MIB} ${free} ${uuid}`;
    }),
    ...processes.flatMap(({ pid, mib, type = "C", gpuInstance = -1, hidesMemory }) => {
      const bytes = hidesMemory ? NOT_AVAILABLE : mib * MIB;
      // NVML lists a program that computes through MPS there alone.
      const lists = type === "M+C" ? ["M"] : type.split("+");
      return lists.map((list) => `process ${place} ${pid} ${gpuInstance} 0 ${bytes} 0 ${list}`);
    }),
  ];
}

function sumOf(processes: readonly FakeGpuProcess[]): number {
  return processes.reduce((sum, { mib }) => sum + mib, 0);
}
