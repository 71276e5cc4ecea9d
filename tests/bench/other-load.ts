/**
 * How much of the machine others use: what they take while one side is measured falls on that side alone.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { treeSeconds, USER_HZ } from "./cpu-time.ts";

/** @returns `work`'s result, and the cores that processes other than the bench's own kept busy; 0 without /proc */
export async function withOtherLoad<T>(work: () => Promise<T>): Promise<{ result: T; otherCores: number }> {
  const before = otherSeconds();
  const start = performance.now();
  const result = await work();
  const elapsed = (performance.now() - start) / 1000;
  return { result, otherCores: Math.max(0, otherSeconds() - before) / elapsed };
}

function otherSeconds(): number {
  try {
    // cpu user nice system idle iowait irq softirq steal: proc(5).
    const fields = readFileSync("/proc/stat", "utf8").split("\n", 1)[0]!.trim().split(/\s+/).map(Number);
    const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = fields;
    const busy = (user + nice + system + irq + softirq + steal) / USER_HZ;
    return busy - treeSeconds(process.pid);
  } catch {
    return 0;
  }
}
