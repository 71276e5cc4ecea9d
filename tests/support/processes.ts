import { readdirSync, readFileSync } from "node:fs";
import { until } from "./until.ts";

/** @returns whether a process of that id runs; one that ended but was not waited for does not */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** Waits until processes have ended. The kernel tells their parent alone. @throws Error with those that run after 30 s */
export async function ended(pids: readonly number[]): Promise<void> {
  await until("these processes have ended", () => pids.filter(isRunning), {
    is: ({ length }) => length === 0,
  });
}

/** @returns the ids of the processes that `pid` has started and that still run */
export function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((id) => id > 0 && isRunning(id) && parentOf(id) === pid);
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return undefined;
  }
}

/** @returns the ids of the running processes whose command line names a path */
export function processesNaming(path: string): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((id) => id > 0 && isRunning(id) && commandLineOf(id).includes(path));
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
