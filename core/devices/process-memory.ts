/**
 * The memory of a process and of all that it has started.
 *
 * @module
 */
import { readdir, readFile } from "node:fs/promises";
import { kilobytes } from "./host-memory.ts";

/**
 * Files of /proc are read off the main thread: the kernel walks every page of a process for its PSS (1 to 12 ms for a
 * loaded voice).
 *
 * @returns a process and its descendants; empty if it is gone, or if /proc does not tell
 */
export async function processTree(pid: number): Promise<number[]> {
  const tree: number[] = [];
  const waiting = [pid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    // A process whose parent ended while we looked can be seen twice.
    if (tree.includes(next)) continue;
    const children = await childrenOf(next);
    if (!children) continue;
    tree.push(next);
    waiting.push(...children);
  }
  return tree;
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

/**
 * @returns bytes of host memory of these processes: the proportional set size (PSS), in which a page that several
 *   processes share counts in part, so that the sum over all instances is what they really take; the resident set where
 *   the kernel does not tell it. Undefined if it tells neither, or all are gone
 */
export async function hostBytesOf(pids: readonly number[]): Promise<number | undefined> {
  const sizes = await Promise.all(pids.map(hostBytesOfOne));
  const known = sizes.filter((size) => size !== undefined);
  return known.length > 0 ? known.reduce((sum, size) => sum + size, 0) : undefined;
}

async function hostBytesOfOne(pid: number): Promise<number | undefined> {
  return (
    kilobytes(await readText(`/proc/${pid}/smaps_rollup`), "Pss") ??
    kilobytes(await readText(`/proc/${pid}/status`), "VmRSS")
  );
}

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
