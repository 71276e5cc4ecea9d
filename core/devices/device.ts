/**
 * What is known of a device: its memory, and who uses it.
 *
 * @module
 */

/** The id of the machine's own memory. */
export const HOST = "host";

/** One reading of a device's memory, by the word of the kernel or the driver. Sizes are in bytes. */
export interface DeviceReading {
  /** `host`, `cuda:N` or, for a GPU instance of a GPU in MIG mode, `cuda:N/mig-I`. */
  readonly id: string;
  readonly name: string;
  readonly totalBytes: number;
  /** By all programs, ours among them, and what the driver keeps for itself. */
  readonly usedBytes: number;
  /** Why the memory is not known; the sizes are 0 then and mean nothing. */
  readonly problem?: string;
  /** What CUDA calls it in CUDA_VISIBLE_DEVICES, `GPU-...` or `MIG-...`, if the driver tells. */
  readonly uuid?: string;
  /** Process id to bytes, of the processes that the driver lists. */
  readonly processes: ReadonlyMap<number, number>;
}

/** @returns whether a binding of `cuda:N` may be placed there: it is that GPU, or a part of it */
export function isPartOf(gpu: string, id: string): boolean {
  return id === gpu || id.startsWith(`${gpu}/`);
}
