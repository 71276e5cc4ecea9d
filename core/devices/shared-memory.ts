/**
 * Memory that processes hold as files without a name: memfd, deleted files in a tmpfs, and mappings that processes share. Its
 * pages count for no process as long as they are not mapped, or were not touched since.
 *
 * @module
 */
import { readdirSync, readlinkSync, type Stats, statfsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";

/** linux/magic.h: TMPFS_MAGIC, HUGETLBFS_MAGIC */
const MEMORY_FILE_SYSTEMS = [0x01021994, 0x958458f6];
const BLOCK_BYTES = 512;
/** How many descriptors of a tree are read at a time, so that a look takes at most 15 ms. */
const MAX_DESCRIPTORS = 4_096;
/** Range, device and inode of a mapping of such a file. Shared memory that has no descriptor is called /dev/zero. */
const MAPPING = /^([0-9a-f]+)-([0-9a-f]+) \S+ \S+ (\S+) (\d+) +(?:\/dev\/zero|\/memfd:|\/SYSV)/gm;

/**
 * @returns bytes of files without a name that these processes hold together, each file once. For a mapping it is the bytes of the
 *   range where the engine may not ask for its pages: only root may
 */
export async function unnamedFileBytes(pids: readonly number[]): Promise<number> {
  const files = new Map<string, number>();
  let left = MAX_DESCRIPTORS;
  for (const pid of pids) left -= addDescriptors(pid, files, left);
  await Promise.all(pids.map((pid) => addMappings(pid, files)));
  return [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** @returns how many descriptors were read */
function addDescriptors(pid: number, files: Map<string, number>, most: number): number {
  const folder = `/proc/${pid}/fd`;
  const descriptors = attempt(() => readdirSync(folder))?.slice(0, Math.max(0, most)) ?? [];
  for (const descriptor of descriptors) {
    const path = `${folder}/${descriptor}`;
    // A question about a file that has a name could wait for a network file system.
    if (attempt(() => readlinkSync(path))?.endsWith(" (deleted)")) addFile(path, files);
  }
  return descriptors.length;
}

async function addMappings(pid: number, files: Map<string, number>): Promise<void> {
  const ranges = new Map<string, number>();
  const maps = await readFile(`/proc/${pid}/maps`, "utf8").catch(() => "");
  for (const [, from = "", to = "", device = "", inode = ""] of maps.matchAll(MAPPING)) {
    if (addFile(`/proc/${pid}/map_files/${from}-${to}`, files)) continue;
    const [major = 0, minor = 0] = device.split(":").map((part) => Number.parseInt(part, 16));
    const id = `${major}:${minor} ${inode}`;
    ranges.set(id, (ranges.get(id) ?? 0) + Number.parseInt(to, 16) - Number.parseInt(from, 16));
  }
  for (const [id, bytes] of ranges) if (!files.has(id)) files.set(id, bytes);
}

/** @returns whether it is a file in memory and was added */
function addFile(path: string, files: Map<string, number>): boolean {
  const file = attempt(() => statSync(path));
  if (!file || !MEMORY_FILE_SYSTEMS.includes(attempt(() => statfsSync(path).type) ?? 0)) return false;
  files.set(idOf(file), file.blocks * BLOCK_BYTES);
  return true;
}

/** @returns device and inode as /proc/PID/maps has them, but in decimal digits. The bits are those of glibc's gnu_dev_major */
function idOf({ dev, ino }: Stats): string {
  const major = (dev >>> 8) & 0xfff;
  const minor = (dev & 0xff) | ((dev >>> 12) & 0xfff00);
  return `${major}:${minor} ${ino}`;
}

/** @returns undefined if the process or the file is gone, or not open to the engine */
function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
