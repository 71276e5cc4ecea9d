/**
 * Host RAM and GPU memory: how much there is, who holds it, and whether one more instance fits.
 *
 * @module
 */
export type { DeviceReaders, DeviceReading, DeviceView, Usage } from "./device.ts";
export { Devices, type DevicesOptions, type InstanceShare } from "./devices.ts";
export type {
  DeviceNeed,
  MeasuredMemory,
  MemoryHistory,
  MemoryHistoryKey,
  MemoryRequest,
} from "./memory-request.ts";
export type { Admitted, Refused, Verdict } from "./placement.ts";
export { bytesText, comparedBytes } from "./placement-text.ts";
export { MARKS_BEGIN, markedProcesses, markOf } from "./process-marks.ts";
export { residentBytes } from "./process-memory.ts";
export type { MemoryBudget, MemoryBudgets } from "./room.ts";
