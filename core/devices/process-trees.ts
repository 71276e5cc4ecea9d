/**
 * Which processes belong to a plugin: those with its mark, whatever their parents are.
 *
 * @module
 */
import { readFileSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import type { Clock } from "../clock.ts";
import { markedProcesses, markOf } from "./process-marks.ts";

/** How old a look at all processes may be, in ms. All who ask within this time share one. */
const FRESH_MS = 100;

export class ProcessTrees {
  #marked: { at: number; trees: ReadonlyMap<number, readonly number[]> } | undefined;

  constructor(private readonly clock: Clock) {}

  /** @returns a process and what it has started; empty if it has ended, or if /proc cannot be read */
  async of(pid: number): Promise<readonly number[]> {
    return this.#byMark(pid) ?? descendants(pid);
  }

  /**
   * Takes about 2.5 µs for each process of the machine if it may start others, else 10 µs in all.
   *
   * @returns how many processes and threads they are together; undefined if it is not known
   */
  tasks(pid: number): number | undefined {
    const counts = (this.#byMark(pid) ?? [pid]).map(threadsOf).filter((count) => count !== undefined);
    return counts.length > 0 ? counts.reduce((sum, count) => sum + count, 0) : undefined;
  }

  #byMark(pid: number): readonly number[] | undefined {
    const mark = markOf(pid);
    return mark === undefined ? undefined : (this.#look().get(mark) ?? [pid]);
  }

  #look(): ReadonlyMap<number, readonly number[]> {
    const now = this.clock.monotonic();
    if (!this.#marked || now - this.#marked.at >= FRESH_MS)
      this.#marked = { at: now, trees: markedProcesses() };
    return this.#marked.trees;
  }
}

/**
 * Of all processes and threads of the machine. Takes about 10 µs.
 *
 * @returns how many there are; undefined if it is not known
 */
export function tasksOfMachine(): number | undefined {
  try {
    const tasks = /^\S+ \S+ \S+ \d+\/(\d+) /.exec(readFileSync("/proc/loadavg", "utf8"))?.[1];
    return tasks === undefined ? undefined : Number(tasks);
  } catch {
    return undefined;
  }
}

/** The kernel counts threads as links of the folder that lists them, which has two links anyway. */
function threadsOf(pid: number): number | undefined {
  try {
    return statSync(`/proc/${pid}/task`).nlink - 2;
  } catch {
    return undefined;
  }
}

/** For a process without a mark. */
async function descendants(pid: number): Promise<number[]> {
  const tree = new Set<number>();
  const waiting = [pid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    // A process whose parent ended in the meantime can appear twice.
    if (tree.has(next)) continue;
    const children = await childrenOf(next);
    if (!children) continue;
    tree.add(next);
    waiting.push(...children);
  }
  return [...tree];
}

async function childrenOf(pid: number): Promise<number[] | undefined> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => undefined);
  const lists =
    threads && (await Promise.all(threads.map((id) => readText(`/proc/${pid}/task/${id}/children`))));
  return lists?.flatMap((list) =>
    list
      .split(" ")
      .map(Number)
      .filter((id) => id > 0),
  );
}

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
