/**
 * The host memory of processes.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { kilobytes } from "./host-memory.ts";
import { unnamedFileBytes } from "./shared-memory.ts";

/** Page size of Linux on x86-64 and most of arm64, in bytes. */
const PAGE_BYTES = 4096;

/** What no resident set contains, in /proc/PID/status: swapped pages, page tables and huge pages. */
const NEVER_RESIDENT = ["VmSwap", "VmPTE", "HugetlbPages"];

/**
 * By the proportional set size (PSS). In it a page that several processes share counts in part, so the sum over all
 * instances is what they really take. The kernel walks every page of a process for it (1 to 12 ms for a loaded voice), so
 * it is read off the main thread.
 *
 * @returns bytes of host memory that these processes hold together; by the resident set size where there is no PSS.
 *   Undefined if neither is known, or if all have ended
 */
export async function hostBytesOf(pids: readonly number[]): Promise<number | undefined> {
  const [unnamed, ...sizes] = await Promise.all([unnamedFileBytes(pids), ...pids.map(sizesOf)]);
  const known = sizes.filter((size) => size !== undefined);
  if (known.length === 0) return undefined;
  const own = known.reduce((sum, { ownBytes }) => sum + ownBytes, 0);
  const mapped = known.reduce((sum, { mappedBytes }) => sum + mappedBytes, 0);
  // Files without a name can be mapped as well, so these two have pages in common.
  return own + Math.max(mapped, unnamed);
}

/** @returns bytes that these processes hold beside their resident sets, or at most as much */
export async function bytesNotResident(pids: readonly number[]): Promise<number> {
  const [unnamed, ...others] = await Promise.all([
    unnamedFileBytes(pids),
    ...pids.map(async (pid) => neverResident(await readText(`/proc/${pid}/status`))),
  ]);
  return others.reduce((sum, bytes) => sum + bytes, unnamed);
}

/** In bytes. */
interface Sizes {
  /** All but the next. */
  ownBytes: number;
  /** Mapped pages of files in memory. */
  mappedBytes: number;
}

async function sizesOf(pid: number): Promise<Sizes | undefined> {
  const [rollup, status] = (await Promise.all(
    ["smaps_rollup", "status"].map((file) => readText(`/proc/${pid}/${file}`)),
  )) as [string, string];
  const proportional = kilobytes(rollup, "Pss");
  const resident = proportional ?? kilobytes(status, "VmRSS");
  if (resident === undefined) return undefined;
  const inMemory =
    proportional === undefined ? kilobytes(status, "RssShmem") : kilobytes(rollup, "Pss_Shmem");
  const mappedBytes = inMemory ?? 0;
  return { ownBytes: resident - mappedBytes + neverResident(status), mappedBytes };
}

function neverResident(status: string): number {
  return NEVER_RESIDENT.reduce((sum, key) => sum + (kilobytes(status, key) ?? 0), 0);
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
