/**
 * How much more a device can take. Pure.
 *
 * @module
 */
import type { Budget } from "./budget.ts";
import type { Ledger } from "./ledger.ts";

/** A device, when a decision is made. Sizes are in bytes. */
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

/** What is there, and who holds it. */
export interface Accounts {
  readonly devices: readonly DeviceState[];
  readonly ledger: Pick<Ledger, "holders" | "charge" | "get">;
}

/**
 * The smaller of what the budget and what the device leaves, after all that is spoken for. It is Ollama's rule: the
 * driver's word alone is not enough, as it lags behind loads and unloads; nor is our own account, as others use the
 * device as well.
 *
 * @param without keys of instances to be thought away
 * @returns bytes, below 0 where more is spoken for than there is; infinite where nothing is known
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

export interface Use {
  /** By the word of the kernel or the driver. */
  usedBytes: number;
  /** Of which this is ours, as measured. */
  measuredBytes: number;
  /** Of ours as well, but how much of it is in use already (one loads) or still (one has just ended) is not known. */
  estimatedBytes: number;
  /** What others used when all of ours was measured, the last time. */
  before: number;
}

/**
 * What can be ours of the use that nothing explains counts as ours, down to what others used before: else a voice that
 * loads would be counted twice, and its neighbour be refused.
 *
 * @returns bytes that other programs use
 */
export function foreignUse({ usedBytes, measuredBytes, estimatedBytes, before }: Use): number {
  const unexplained = Math.max(0, usedBytes - measuredBytes);
  return Math.max(unexplained - estimatedBytes, Math.min(unexplained, before));
}
