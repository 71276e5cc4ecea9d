import { readdirSync, readFileSync } from "node:fs";

/** Ticks of /proc/PID/stat per second, 100 on every Linux that Bun runs on. */
export const USER_HZ = 100;

interface Usage {
  parent: number;
  /** Of the process itself, user and system, in seconds. */
  own: number;
  /** Of its children that have ended, in seconds. */
  ended: number;
}

/** @returns the CPU time that a process has used, user and system, in seconds; 0 where /proc does not tell */
export function cpuSeconds(pid: number): number {
  return usageOf(pid)?.own ?? 0;
}

/** @returns the CPU time of a process and of all that it has started, ended ones included, in seconds */
export function treeSeconds(root: number): number {
  let sum = 0;
  for (const { own, ended } of treeOf(root).values()) sum += own + ended;
  return sum;
}

/** @returns the ids of a process and of all that it has started and that still run */
export function treePids(root: number): number[] {
  return [...treeOf(root).keys()];
}

function treeOf(root: number): Map<number, Usage> {
  const usages = new Map<number, Usage>();
  for (const pid of readdirSync("/proc").map(Number)) {
    const usage = pid > 0 ? usageOf(pid) : undefined;
    if (usage) usages.set(pid, usage);
  }
  const isOurs = (pid: number): boolean =>
    pid === root || (usages.has(pid) && isOurs(usages.get(pid)!.parent));
  return new Map([...usages].filter(([pid]) => isOurs(pid)));
}

function usageOf(pid: number): Usage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets, which may hold spaces.
    const fields = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const [, parent = 0] = fields;
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11);
    return { parent, own: (user + system) / USER_HZ, ended: (endedUser + endedSystem) / USER_HZ };
  } catch {
    return undefined;
  }
}

/** Sums up how many cores each of some processes keeps busy while work is done. */
export class CpuMeter {
  readonly #used = new Map<string, number>();
  #seconds = 0;

  /** @param pids by the name that they are told under */
  constructor(private readonly pids: Readonly<Record<string, number>>) {}

  async during<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#read();
    const start = performance.now();
    const result = await work();
    this.#seconds += (performance.now() - start) / 1000;
    for (const [name, seconds] of this.#read())
      this.#used.set(name, (this.#used.get(name) ?? 0) + seconds - before.get(name)!);
    return result;
  }

  /** CPU seconds a second, by name. */
  get cores(): Record<string, number> {
    return Object.fromEntries([...this.#used].map(([name, used]) => [name, used / this.#seconds]));
  }

  /** e.g. `core 0.10, plugin 1.02` */
  toString(): string {
    return Object.entries(this.cores)
      .map(([name, cores]) => `${name} ${cores.toFixed(2)}`)
      .join(", ");
  }

  #read(): Map<string, number> {
    return new Map(Object.entries(this.pids).map(([name, pid]) => [name, cpuSeconds(pid)]));
  }
}
