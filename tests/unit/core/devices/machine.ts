/** A machine whose memory a test sets, and requests for room on it. */
import type { DeviceReading } from "../../../../core/devices/device.ts";
import { Devices, type DevicesOptions } from "../../../../core/devices/devices.ts";
import type { MemoryRequest } from "../../../../core/devices/memory-request.ts";
import { openJournal } from "../../../../core/journal/mod.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { silentLog } from "../../../support/silent-log.ts";

export const GB = 1e9;
export const CONTEXT = 0.32 * GB;

/** A machine whose memory the test sets: 100 GB for the host, 10 GB on cuda:0. */
export function machine(options: Partial<DevicesOptions> = {}) {
  const state = {
    hostUsed: 20 * GB,
    gpuUsed: 0,
    /** Process id to bytes on the GPU, as the driver lists them. */
    listed: new Map<number, number>(),
    /** Process id to bytes of the host. */
    resident: new Map<number, number>(),
    gpuReadings: 0,
  };
  const clock = new HandClock();
  const { memoryHistory } = openJournal(":memory:");
  const devices = new Devices({
    clock,
    log: silentLog(),
    memoryHistory,
    budgets: { host: "100%", "cuda:0": "100%" },
    readers: {
      host: () => reading("host", 100 * GB, state.hostUsed),
      gpus() {
        state.gpuReadings++;
        return Promise.resolve([{ ...reading("cuda:0", 10 * GB, state.gpuUsed), processes: state.listed }]);
      },
      tree: (pid) => Promise.resolve(state.resident.has(pid) ? [pid] : []),
      hostBytes: ([pid = 0]) => Promise.resolve(state.resident.get(pid)),
      residentBytes: (pid) => state.resident.get(pid),
      bytesNotResident: () => Promise.resolve(0),
      tasks: () => undefined,
      tasksOfMachine: () => undefined,
    },
    ...options,
  });
  return { state, clock, memoryHistory, devices };
}

export function reading(id: string, totalBytes: number, usedBytes: number): DeviceReading {
  return { id, name: id, totalBytes, usedBytes, processes: new Map() };
}

/** An instance of a model of which its model.json says so many bytes. */
export function request(
  key: string,
  declaredBytes: number,
  fields: Partial<MemoryRequest> = {},
): MemoryRequest {
  const [slot = ""] = key.split("#");
  return {
    key,
    slot,
    plugin: "piper@1.0.0",
    model: `${slot}@1.0.0`,
    device: "cuda:0",
    mayUseGpu: true,
    declaredBytes,
    weightsBytes: 1 * GB,
    givesBack: [],
    evictable: [],
    beside: false,
    ...fields,
  };
}
