/**
 * The memory of the host: of the machine, or of the container that the engine runs in.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { type DeviceReading, HOST } from "./device.ts";

const CGROUPS = "/sys/fs/cgroup";

/**
 * Takes about 50 µs.
 *
 * @param root the folder that has /proc and /sys; tests pass another one
 */
export function readHostMemory(root = "/"): DeviceReading {
  const machine = readMachine(root);
  const group = readGroup(root);
  // A limit of at least the whole machine has no effect.
  const isLimited = group !== undefined && group.totalBytes < machine.totalBytes;
  const { totalBytes, usedBytes } = isLimited ? group : machine;
  const name = isLimited ? "Memory of this container" : "Memory of this machine";
  return { id: HOST, name, totalBytes, usedBytes, processes: new Map() };
}

interface Sizes {
  totalBytes: number;
  usedBytes: number;
}

function readMachine(root: string): Sizes {
  const text = readText(join(root, "proc/meminfo"));
  const [total, available] = [kilobytes(text, "MemTotal"), kilobytes(text, "MemAvailable")];
  if (total !== undefined && available !== undefined)
    return { totalBytes: total, usedBytes: total - available };
  return { totalBytes: totalmem(), usedBytes: totalmem() - freemem() };
}

/** @returns the tightest memory limit of cgroup v2, of this process' group and its parents; undefined if there is none */
function readGroup(root: string): Sizes | undefined {
  const path = /^0::(\/.*)$/m.exec(readText(join(root, "proc/self/cgroup")))?.[1];
  if (path === undefined) return undefined;
  let tightest: Sizes | undefined;
  // The limit of a parent applies as well. Inside a container the path is "/", the container's own group.
  for (let group = path; ; group = dirname(group)) {
    const sizes = readLimit(join(root, CGROUPS, group));
    if (sizes && sizes.totalBytes < (tightest?.totalBytes ?? Infinity)) tightest = sizes;
    if (group === "/") return tightest;
  }
}

function readLimit(folder: string): Sizes | undefined {
  const [max, current] = ["memory.max", "memory.current"].map((file) =>
    Number.parseInt(readText(join(folder, file)), 10),
  );
  // "max" is no number: no limit.
  if (!Number.isFinite(max) || !Number.isFinite(current)) return undefined;
  // Cached files count as used by the group, but the kernel drops them when memory is needed. The kubelet counts so too.
  const cached = Number(/^inactive_file (\d+)$/m.exec(readText(join(folder, "memory.stat")))?.[1] ?? 0);
  return { totalBytes: max as number, usedBytes: Math.max(0, (current as number) - cached) };
}

/** @returns the value of a line `KEY: 123 kB` in bytes */
export function kilobytes(text: string, key: string): number | undefined {
  const value = new RegExp(`^${key}:\\s+(\\d+) kB$`, "m").exec(text)?.[1];
  return value === undefined ? undefined : Number(value) * 1024;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
