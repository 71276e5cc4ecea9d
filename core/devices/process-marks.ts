/**
 * The mark by which a process is known to belong to a plugin.
 *
 * Parents and sessions do not tell where a process comes from: it can leave its session, and its parent can end. So the launcher
 * sets the limit of file locks (RLIMIT_LOCKS) to a number, the mark. Linux has not used this limit since 2.4, every child
 * inherits it, the engine may read it, and the sandbox refuses to change it. An engine may seldom create cgroups, which could
 * do the same.
 *
 * @module
 */
import { dlopen, FFIType } from "bun:ffi";
import { readdirSync, readFileSync } from "node:fs";

/** Marks are at least 2^52, and no real limit is. They are below 2^53, so that they are exact in JSON. */
export const MARKS_BEGIN = 2 ** 52;
const MARKS_END = 2 ** 53;
/** asm-generic/resource.h */
const RLIMIT_LOCKS = 10;

type ReadMark = (pid: number) => number | undefined;

let reader: ReadMark | undefined;

/** @returns the mark of a process; undefined if it has none, has ended, or is another user's */
export function markOf(pid: number): number | undefined {
  reader ??= byCall() ?? byText;
  const limit = reader(pid);
  return limit !== undefined && limit >= MARKS_BEGIN && limit < MARKS_END ? limit : undefined;
}

/**
 * Takes about 2.5 µs for each process of the machine, and no other work of the engine comes in between.
 *
 * @returns mark to the ids of its processes; empty where there is no /proc, as on macOS
 */
export function markedProcesses(): Map<number, number[]> {
  const marked = new Map<number, number[]>();
  for (const pid of processIds()) {
    const mark = markOf(pid);
    if (mark === undefined) continue;
    const tree = marked.get(mark);
    if (tree) tree.push(pid);
    else marked.set(mark, [pid]);
  }
  return marked;
}

function processIds(): number[] {
  try {
    return readdirSync("/proc").flatMap((name) => (/^\d/.test(name) ? Number(name) : []));
  } catch {
    return [];
  }
}

/** @returns undefined where the C library has no such call, as on macOS */
function byCall(): ReadMark | undefined {
  try {
    const { prlimit } = dlopen("libc.so.6", {
      prlimit: { args: [FFIType.i32, FFIType.i32, FFIType.ptr, FFIType.ptr], returns: FFIType.i32 },
    }).symbols;
    // struct rlimit: the soft and the hard limit, 64 bits each.
    const limits = new BigUint64Array(2);
    return (pid) => (prlimit(pid, RLIMIT_LOCKS, null, limits) === 0 ? Number(limits[0]) : undefined);
  } catch {
    return undefined;
  }
}

/** Takes five times as long. */
function byText(pid: number): number | undefined {
  try {
    const limit = /^Max file locks +(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, "utf8"))?.[1];
    return limit === undefined ? undefined : Number(limit);
  } catch {
    return undefined;
  }
}
