/**
 * Finds processes that take more memory than they may, e.g. as they leak.
 *
 * @module
 */
import type { Clock, Timer } from "../clock.ts";
import { comparedBytes, type Usage } from "../devices/mod.ts";
import { SyrinxError } from "../errors.ts";
import type { Instance } from "./instance.ts";

/** The most that an instance may take. */
export interface MemoryLimit {
  /** Of the host's memory, or of the GPU's. */
  of: "host" | "gpu";
  bytes: number;
  /** Where it is set, for the message, e.g. `memory.limits of the config`. */
  from: string;
}

export interface MemoryEnvironment {
  clock: Clock;
  /** From one answer to the next question, in ms. Read anew each time, as the config may change. */
  readonly intervalMs: number;
  /** Read anew each time as well. */
  readonly limits: readonly MemoryLimit[];
  /** @returns what the process and all that it has started use. A rejection counts as not knowing. */
  usage(pid: number): Promise<Usage>;
  /** @returns host memory that they do not exceed, in bytes, at little cost; undefined if it is not known */
  usesAtMost(pid: number): Promise<number | undefined>;
}

/**
 * Looks at the memory of an instance, at an interval, until it is gone. Over a limit it is failed with memory-exceeded: its
 * process is killed, and replaced like one that died.
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

/** Pages that are shared count in part, which takes long to find out: only if it would be too much with all of them. */
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
      `Process ${pid} of ${slot} was ended as it uses ${uses} of ${of === "host" ? "host" : "GPU"} memory: ` +
        `its limit is ${limit} (${from})`,
    );
  }
  return undefined;
}
