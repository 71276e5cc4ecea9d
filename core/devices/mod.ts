/**
 * Host RAM and GPU memory: what is there, who holds it, and whether one more fits.
 *
 * @module
 */
export { type MemoryBudget, type MemoryBudgets } from "./budget.ts";
export { bytesText, comparedBytes } from "./bytes-text.ts";
export type { DeviceReading } from "./device.ts";
export {
  Devices,
  type DevicesOptions,
  type DeviceView,
  type MemoryHistoryKey,
  type MemoryHistory,
  type InstanceShare,
  type Usage,
} from "./devices.ts";
export type { DeviceNeed, MeasuredMemory } from "./estimate.ts";
export type { DeviceReaders } from "./inventory.ts";
export type { MemoryRequest } from "./memory-request.ts";
export { residentBytes } from "./resident-bytes.ts";
export type { Admitted, Refused, Verdict } from "./placement.ts";
