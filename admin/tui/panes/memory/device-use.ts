/**
 * Who uses how much of a device: its memory in parts that do not overlap.
 *
 * @module
 */
import type { MemoryView } from "../../../../schemas/generated/api.ts";

export type Device = MemoryView["devices"][number];
export type Instance = MemoryView["instances"][number];

/** What an instance has of a device. */
export interface Share {
  /** Tells it apart from the others, the same on every device. */
  readonly letter: string;
  readonly instance: Instance;
  /** Of the device; 0 as long as it has not loaded there. */
  readonly bytes: number;
  /** Whether nothing measures it, so that what was reserved stands for it. */
  readonly isEstimate: boolean;
}

/** Sizes are in bytes. */
export interface DeviceUse {
  readonly device: Device;
  readonly shares: readonly Share[];
  /** Reserved for instances, and not used by them yet. */
  readonly promisedBytes: number;
  /** Used by other programs. */
  readonly othersBytes: number;
  /** What one more instance could take: within the budget, and beside the others. */
  readonly roomBytes: number;
}

export const HOST = "host";
/** Where an instance is whose model is in the memory of the host. */
const CPU = "cpu";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** What is not in the alphabet any more. */
const NO_LETTER = "?";
/** States in which what was reserved need not be in use yet. */
const LOADING: readonly Instance["state"][] = ["starting", "loading", "restoring", "probing"];

/** @returns each device with what is on it: the GPUs first, as they are what runs short */
export function deviceUses({ devices, instances }: MemoryView): DeviceUse[] {
  const gpus = devices.filter(({ id }) => id !== HOST);
  const hosts = devices.filter(({ id }) => id === HOST);
  return [...gpus, ...hosts].map((device) => useOf(device, instances));
}

/** @returns what names an instance among all of them: a process may serve two slots one after the other */
export function instanceId({ slot, pid }: Instance): string {
  return `${slot} ${pid}`;
}

function useOf(device: Device, instances: readonly Instance[]): DeviceUse {
  const { id, totalBytes, usedBytes, budgetBytes, reservedBytes } = device;
  const shares = instances.flatMap((instance, index): Share[] => {
    const part = id === HOST ? onHost(instance) : instance.device === id ? onGpu(instance) : undefined;
    return part ? [{ letter: LETTERS[index] ?? NO_LETTER, instance, ...part }] : [];
  });
  const own = shares.reduce((sum, { bytes }) => sum + bytes, 0);
  const othersBytes = Math.max(0, usedBytes - own);
  const room = Math.min(budgetBytes, totalBytes - othersBytes) - Math.max(reservedBytes, own);
  return {
    device,
    shares,
    promisedBytes: Math.max(0, Math.min(reservedBytes - own, totalBytes - usedBytes)),
    othersBytes,
    roomBytes: Math.max(0, room),
  };
}

type Part = Pick<Share, "bytes" | "isEstimate">;

/** The process of a voice on a GPU takes memory of the host, too. */
function onHost({ device, hostBytes }: Instance): Part | undefined {
  return hostBytes === undefined && device !== CPU ? undefined : { bytes: hostBytes ?? 0, isEstimate: false };
}

/** In a container the driver may not know the processes: what was reserved for one that has loaded is the best there is. */
function onGpu({ gpuBytes, reservedBytes, state }: Instance): Part {
  if (gpuBytes !== undefined) return { bytes: gpuBytes, isEstimate: false };
  return LOADING.includes(state)
    ? { bytes: 0, isEstimate: false }
    : { bytes: reservedBytes, isEstimate: true };
}
