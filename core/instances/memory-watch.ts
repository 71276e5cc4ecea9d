/**
 * Finds processes that use more memory than they may, e.g. because they leak. The limit is `memoryLimitBytes` of the slot,
 * or the host's budget.
 *
 * @module
 */
import type { Clock, Timer } from "../clock.ts";
import { comparedBytes, type Usage } from "../devices/mod.ts";
import { SyrinxError } from "../errors.ts";
import type { Instance } from "./instance.ts";

/** The most memory that an instance may use. */
export interface MemoryLimit {
  /** Memory of the host, or of the GPU. */
  of: "host" | "gpu";
  bytes: number;
  /** Where the limit comes from, for the message, e.g. `memory.limits of the config`. */
  from: string;
}

export interface MemoryEnvironment {
  clock: Clock;
  /** From one measurement to the next, in ms. Read again each time, because the config may change. */
  readonly intervalMs: number;
  /** Read again each time as well. */
  readonly limits: readonly MemoryLimit[];
  /** @returns what the process and its children use. If it rejects, the memory counts as unknown */
  usage(pid: number): Promise<Usage>;
  /** @returns an upper bound of their host memory that is quick to find, in bytes; undefined if it is not known */
  usesAtMost(pid: number): Promise<number | undefined>;
}

/**
 * Measures the memory of an instance at an interval, until its process has ended. A process over a limit is killed with
 * memory-exceeded, and replaced like one that died.
 */
export function watchMemory(
  instance: Pick<Instance, "slot" | "pid" | "fail" | "gone" | "closed">,
  environment: MemoryEnvironment,
): void {
  let timer: Timer | undefined;
  const pause = () => {
    timer = environment.clock.after(environment.intervalMs, () => void look());
  };
  const look = async () => {
    const usage = await usageOf(instance.pid, environment).catch((): Usage => ({}));
    if (instance.closed) return;
    const error = excess(instance, usage, environment.limits);
    if (error) instance.fail(error);
    else pause();
  };
  pause();
  void instance.gone.then(() => timer?.cancel());
}

/** A shared page counts in part. That is slow to find out, so it is done only if the sum of whole pages exceeds a limit. */
async function usageOf(pid: number, { limits, usesAtMost, usage }: MemoryEnvironment): Promise<Usage> {
  if (limits.some(({ of }) => of === "gpu")) return usage(pid);
  const hostBytes = await usesAtMost(pid);
  return hostBytes !== undefined && limits.every(({ bytes }) => hostBytes <= bytes) ? {} : usage(pid);
}

function excess(
  { slot, pid }: Pick<Instance, "slot" | "pid">,
  { hostBytes, gpuBytes }: Usage,
  limits: readonly MemoryLimit[],
): SyrinxError | undefined {
  for (const { of, bytes, from } of limits) {
    const used = (of === "host" ? hostBytes : gpuBytes) ?? 0;
    if (used <= bytes) continue;
    const [uses, limit] = comparedBytes(used, bytes);
    return new SyrinxError(
      "memory-exceeded",
      `Process ${pid} of ${slot} was ended because it uses ${uses} of ${of === "host" ? "host" : "GPU"} memory: ` +
        `its limit is ${limit} (${from})`,
    );
  }
  return undefined;
}
