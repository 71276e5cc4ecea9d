/**
 * How much of a device the engine may take. Pure.
 *
 * @module
 */
import { type DeviceReading, HOST } from "./device.ts";

/** A share, e.g. `80%`, or bytes. */
export type MemoryBudget = string | number;

/** Device id to budget, as the config has it in `memory.budgets`. */
export type MemoryBudgets = Readonly<Record<string, MemoryBudget>>;

export interface Budget {
  bytes: number;
  /**
   * So many bytes are let in whatever else uses the device. Without a budget of the host in the config, the shipped voices
   * (250 MB each by their model.json) come up on the smallest machine: there the kernel, which can drop caches and swap,
   * knows better than an estimate, and a refusal would be silence.
   */
  atLeast: number;
}

const HOST_SHARE = "80%";
const GPU_SHARE = "95%";
const SHIPPED_VOICES_BYTES = 600_000_000;

/** @returns the budget of a device; a share that is set for a GPU holds for each of its MIG devices */
export function budgetOf({ id, totalBytes }: DeviceReading, budgets: MemoryBudgets): Budget {
  const [gpu = id] = id.split("/");
  const ofGpu = budgets[gpu];
  const set = budgets[id] ?? (typeof ofGpu === "string" ? ofGpu : undefined);
  if (set !== undefined) return { bytes: bytesOf(set, totalBytes), atLeast: 0 };
  if (id !== HOST) return { bytes: bytesOf(GPU_SHARE, totalBytes), atLeast: 0 };
  const bytes = Math.max(bytesOf(HOST_SHARE, totalBytes), SHIPPED_VOICES_BYTES);
  return { bytes, atLeast: SHIPPED_VOICES_BYTES };
}

function bytesOf(budget: MemoryBudget, totalBytes: number): number {
  return typeof budget === "number" ? budget : Math.floor((totalBytes * Number.parseFloat(budget)) / 100);
}
