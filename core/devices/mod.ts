/**
 * Host RAM and GPU memory: what is there, who holds it, and whether one more fits.
 *
 * @module
 */
export { type MemoryBudget, type MemoryBudgets } from "./budget.ts";
export { bytesText } from "./bytes-text.ts";
export type { DeviceReading } from "./device.ts";
export type { DeviceNeed, Footprint } from "./estimate.ts";
export { type DeviceReaders, Inventory, systemReaders } from "./inventory.ts";
export { Ledger } from "./ledger.ts";
export type { Need } from "./need.ts";
export { type Admitted, place, type Refused, type Verdict } from "./placement.ts";
