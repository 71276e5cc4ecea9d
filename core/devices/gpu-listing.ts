/**
 * From the GPUs as the NVIDIA driver lists them to devices. Pure.
 *
 * @module
 */
import type { DeviceReading } from "./device.ts";

/** One GPU, as NVML or nvidia-smi lists it. Sizes are in bytes. */
export interface GpuListing {
  readonly name?: string;
  /** `GPU-...` */
  readonly uuid?: string;
  /** Absent if the driver does not report it. */
  readonly memory?: GpuMemory;
  /** Why nothing more is known of this GPU. */
  readonly problem?: string;
  readonly processes: readonly GpuProcess[];
  /** Present if the GPU is in MIG mode. */
  readonly migDevices?: readonly MigListing[];
}

export interface GpuMemory {
  readonly totalBytes: number;
  /** What the driver reserves for itself counts as used, so that total - used is what a program can get. */
  readonly usedBytes: number;
}

export interface GpuProcess {
  readonly pid: number;
  readonly bytes: number;
  /** Id of the GPU instance that it runs on, in MIG mode. */
  readonly gpuInstance?: number;
}

/** A MIG device: one compute instance of a GPU instance. */
export interface MigListing {
  /** The number of nvidia-smi. */
  readonly index: number;
  readonly gpuInstance: number;
  /** `MIG-...` */
  readonly uuid?: string;
  /** Of the GPU instance. */
  readonly memory?: GpuMemory;
}

/**
 * A GPU is `cuda:N`. N is its position in the list, which is ordered by PCI bus id. CUDA uses the same order with
 * CUDA_DEVICE_ORDER=PCI_BUS_ID. CUDA does not see a GPU in MIG mode, but its GPU instances, which have memory of their own:
 * they are `cuda:N/mig-I`.
 *
 * @param source the name of the program or library that listed the GPUs, for messages
 */
export function gpuReadings(gpus: readonly GpuListing[], source: string): DeviceReading[] {
  return gpus.flatMap((gpu, place) => {
    const { name = "NVIDIA GPU", uuid, processes } = gpu;
    const id = `cuda:${place}`;
    if (gpu.problem !== undefined) return unknownGpu(id, gpu.problem, name);
    if (gpu.migDevices) return migReadings(gpu, gpu.migDevices, { id, name }, source);
    return {
      id,
      name,
      ...memoryOf(gpu, source),
      ...(uuid && { uuid }),
      processes: bytesByPid(processes),
    };
  });
}

/** @returns a GPU that is there, and whose memory is not known */
export function unknownGpu(id: string, problem: string, name = "NVIDIA GPU"): DeviceReading {
  return { id, name, totalBytes: 0, usedBytes: 0, problem, processes: new Map() };
}

/** @returns the GPU instances that CUDA can give to a process */
function migReadings(
  { processes }: GpuListing,
  devices: readonly MigListing[],
  { id, name }: { id: string; name: string },
  source: string,
): DeviceReading[] {
  if (devices.length === 0)
    return [unknownGpu(id, "it is in MIG mode and has no MIG device, so CUDA does not see it", name)];
  const seen = new Set<number>();
  return devices.flatMap((device, place) => {
    const { index, gpuInstance, uuid } = device;
    // Compute instances of one GPU instance share its memory, so it is listed once. Only a UUID can name a MIG device to
    // CUDA: without one a process gets the first.
    if (seen.has(gpuInstance) || (place > 0 && uuid === undefined)) return [];
    seen.add(gpuInstance);
    return {
      id: `${id}/mig-${index}`,
      name: `${name}, MIG GPU instance ${gpuInstance}`,
      ...memoryOf(device, source),
      ...(uuid && { uuid }),
      processes: bytesByPid(processes.filter((process) => process.gpuInstance === gpuInstance)),
    };
  });
}

function memoryOf(
  { memory }: Pick<GpuListing, "memory">,
  source: string,
): Pick<DeviceReading, "totalBytes" | "usedBytes" | "problem"> {
  return memory ?? { totalBytes: 0, usedBytes: 0, problem: `${source} does not report its memory` };
}

/** A process that both computes and draws is listed twice. */
function bytesByPid(processes: readonly GpuProcess[]): Map<number, number> {
  const byPid = new Map<number, number>();
  for (const { pid, bytes } of processes) byPid.set(pid, Math.max(bytes, byPid.get(pid) ?? 0));
  return byPid;
}
