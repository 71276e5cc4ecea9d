/**
 * The host memory of a process and of its descendants.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { kilobytes } from "./host-memory.ts";

/** Page size of Linux on x86-64 and most of arm64, in bytes. */
const PAGE_BYTES = 4096;

/** @returns a process and its descendants; empty if it has ended, or if /proc cannot be read */
export async function processTree(pid: number): Promise<number[]> {
  const tree: number[] = [];
  const waiting = [pid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    // A process whose parent ended in the meantime can appear twice.
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
 * The proportional set size (PSS). In it a page that several processes share counts in part, so the sum over all
 * instances is what they really take. The kernel walks every page of a process for it (1 to 12 ms for a loaded voice), so
 * it is read off the main thread.
 *
 * @returns bytes of host memory of these processes together; the resident set size where there is no PSS. Undefined if
 *   neither is known, or if all have ended
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

/**
 * Takes about 6 µs. It is never less than the proportional set size.
 *
 * @returns the resident set size of a process, in bytes; undefined if it is not known
 */
export function residentBytes(pid: number): number | undefined {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
    return Number.isFinite(pages) ? pages * PAGE_BYTES : undefined;
  } catch {
    return undefined;
  }
}

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
