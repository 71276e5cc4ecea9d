/**
 * One reading of a device's memory, and who gives the readings.
 *
 * @module
 */

/** The id of the machine's own memory. */
export const HOST = "host";

/** One reading of a device's memory, as the kernel or the driver reports it. Sizes are in bytes. */
export interface DeviceReading {
  /** `host`, `cuda:N` or, for a GPU instance of a GPU in MIG mode, `cuda:N/mig-I`. */
  readonly id: string;
  readonly name: string;
  readonly totalBytes: number;
  /** Used by all programs, ours included, and reserved by the driver. */
  readonly usedBytes: number;
  /** Why the memory is not known. The sizes are then 0 and mean nothing. */
  readonly problem?: string;
  /** The name of the device in CUDA_VISIBLE_DEVICES, `GPU-...` or `MIG-...`, if the driver reports it. */
  readonly uuid?: string;
  /** Process id to bytes, for the processes that the driver lists. */
  readonly processes: ReadonlyMap<number, number>;
}

/** A device in the overview. Sizes are in bytes. */
export interface DeviceView {
  id: string;
  name: string;
  totalBytes: number;
  /** Used by all programs. */
  usedBytes: number;
  budgetBytes: number;
  /** Reserved by our instances. */
  reservedBytes: number;
  problem?: string;
}

/** Of a process and what it has started. A size that is not known is absent. */
export interface Usage {
  hostBytes?: number;
  gpuBytes?: number;
}

/** Where the readings come from; tests pass their own. */
export interface DeviceReaders {
  host(): DeviceReading;
  /** Never rejects: a GPU whose memory is not known has a `problem`. */
  gpus(): Promise<readonly DeviceReading[]>;
  /** @returns a process and what it has started; empty if it has ended */
  tree(pid: number): Promise<readonly number[]>;
  /** @returns how many processes and threads these are together; undefined if it is not known */
  tasks(pid: number): number | undefined;
  /** @returns all processes and threads of the machine; undefined if it is not known */
  tasksOfMachine(): number | undefined;
  /** @returns bytes of host memory of these processes together; undefined if it is not known */
  hostBytes(pids: readonly number[]): Promise<number | undefined>;
  /** @returns bytes that one process has in memory, shared pages included; undefined if it is not known */
  residentBytes(pid: number): number | undefined;
  /** @returns bytes that these processes hold beside what they have in memory as their own pages, or at most as much */
  bytesNotResident(pids: readonly number[]): Promise<number>;
}

/** @returns whether a binding of `cuda:N` may be placed there: it is that GPU, or a part of it */
export function isPartOf(gpu: string, id: string): boolean {
  return id === gpu || id.startsWith(`${gpu}/`);
}
