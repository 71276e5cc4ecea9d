/**
 * Host RAM and GPU memory: what is there, and who uses it.
 *
 * @module
 */
export type { DeviceReading } from "./device.ts";
export { type DeviceReaders, Inventory, systemReaders } from "./inventory.ts";
