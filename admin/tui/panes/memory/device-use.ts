/**
 * Who uses how much of a device, in parts that do not overlap.
 *
 * @module
 */
import type { MemoryView } from "../../../../schemas/generated/api.ts";

export type Device = MemoryView["devices"][number];
export type Instance = MemoryView["instances"][number];

/** The share of an instance. */
export interface Share {
  /** Tells it apart from the others, the same on every device. */
  readonly letter: string;
  readonly instance: Instance;
  /** Bytes; 0 until it has loaded there. */
  readonly bytes: number;
  /** Whether it cannot be measured, so that the reserved bytes stand for it. */
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
  /** Room for one more instance within the budget, beside the others. */
  readonly roomBytes: number;
}

export const HOST = "host";
/** Where an instance is whose model is in the memory of the host. */
const CPU = "cpu";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** What is not in the alphabet any more. */
const NO_LETTER = "?";
/** States in which reserved memory may not be in use yet. */
const LOADING: readonly Instance["state"][] = ["starting", "loading", "restoring", "probing"];

/** @returns each device with its instances; the GPUs come first, as their memory runs short */
export function deviceUses({ devices, instances }: MemoryView): DeviceUse[] {
  const gpus = devices.filter(({ id }) => id !== HOST);
  const hosts = devices.filter(({ id }) => id === HOST);
  return [...gpus, ...hosts].map((device) => useOf(device, instances));
}

/** @returns a unique name of an instance; one process may serve two slots one after the other */
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

/** In a container the driver may not know the processes. Then the reserved memory of a loaded instance is the best estimate. */
function onGpu({ gpuBytes, reservedBytes, state }: Instance): Part {
  if (gpuBytes !== undefined) return { bytes: gpuBytes, isEstimate: false };
  return LOADING.includes(state)
    ? { bytes: 0, isEstimate: false }
    : { bytes: reservedBytes, isEstimate: true };
}
