import { readFileSync } from "node:fs";

/** @returns the resident memory of a process, shared pages included, in MB; NaN where /proc does not tell */
export function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return (Number(kilobytes) * 1024) / 1e6;
}
