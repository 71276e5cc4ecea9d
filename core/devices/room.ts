/**
 * How much of a device the engine may take, and how much room is left on it. Pure.
 *
 * @module
 */
import { type DeviceReading, HOST } from "./device.ts";
import type { Ledger } from "./ledger.ts";
import type { DeviceNeed } from "./memory-request.ts";

/** A share, e.g. `80%`, or bytes. */
export type MemoryBudget = string | number;

/** Device id to budget, as in `memory.budgets` of the config. */
export type MemoryBudgets = Readonly<Record<string, MemoryBudget>>;

export interface Budget {
  bytes: number;
  /**
   * So many bytes are always admitted, whatever else uses the device. It is 0, except for a host without a budget in the
   * config: the shipped voices (250 MB each by their model.json) must start on the smallest machine. There the kernel can
   * drop caches and swap, so it knows better than an estimate, and a refusal would mean that no voice speaks.
   */
  atLeast: number;
}

const HOST_SHARE = "80%";
const GPU_SHARE = "95%";
const SHIPPED_VOICES_BYTES = 600_000_000;

/** @returns the budget of a device; a share that is set for a GPU applies to each of its MIG devices */
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

/** A device at the time of a decision. Sizes are in bytes. */
export interface DeviceState {
  readonly id: string;
  readonly totalBytes: number;
  /** Used by other programs. */
  readonly foreignBytes: number;
  readonly budget: Budget;
  /** Why its memory is not known. */
  readonly problem?: string;
  readonly uuid?: string;
}

/** The devices, and who holds their memory. */
export interface Accounts {
  readonly devices: readonly DeviceState[];
  readonly ledger: Pick<Ledger, "holders" | "charge" | "get">;
}

/**
 * The smaller of what the budget and what the device leaves, after all reservations. This is Ollama's rule: the driver's
 * figures alone are not enough, because they lag behind loads and unloads; our own account alone is not enough either,
 * because other programs use the device.
 *
 * @param without keys of instances that do not count
 * @returns bytes; below 0 if more is reserved than there is; infinite if the memory is not known
 */
export function roomOn(
  device: DeviceState,
  ledger: Pick<Ledger, "charge">,
  without?: ReadonlySet<string>,
): number {
  if (device.problem !== undefined) return Infinity;
  const { totalBytes, foreignBytes, budget } = device;
  const most = Math.max(Math.min(budget.bytes, totalBytes - foreignBytes), budget.atLeast);
  return most - ledger.charge(device.id, without);
}

/**
 * @param without keys of instances that do not count
 * @returns bytes that are missing on a device; below 0: so many are left over
 */
export function lackOf(
  { device, bytes }: DeviceNeed,
  without: ReadonlySet<string>,
  { devices, ledger }: Accounts,
): number {
  const state = devices.find(({ id }) => id === device);
  return state ? bytes - roomOn(state, ledger, without) : 0;
}

export interface Use {
  /** As the kernel or the driver reports it. */
  usedBytes: number;
  /** The part of it that is ours, as measured. */
  measuredBytes: number;
  /** Also ours, but it is not known how much of it is in use: an instance loads, or one has just ended. */
  estimatedBytes: number;
  /** What other programs used at the last time when all of ours was measured. */
  before: number;
}

/**
 * Use that nothing explains counts as ours as far as it can be ours, but other programs never count less than before.
 * Otherwise a voice that loads would count twice, and the next voice would be refused.
 *
 * @returns bytes that other programs use
 */
export function foreignUse({ usedBytes, measuredBytes, estimatedBytes, before }: Use): number {
  const unexplained = Math.max(0, usedBytes - measuredBytes);
  return Math.max(unexplained - estimatedBytes, Math.min(unexplained, before));
}
