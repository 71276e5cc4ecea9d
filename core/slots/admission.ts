/**
 * Memory for an instance: reserved before it starts. The devices give it back when the process is gone.
 *
 * An instance starts beside the old one (blue-green), or once that is gone (recreate). `auto` takes the first that
 * fits. If it needs their room, parked instances and voices on demand that nobody uses are ended, the least recently
 * used first.
 *
 * @module
 */
import type { MemoryVerdict } from "../../schemas/generated/api.ts";
import type { Strategy } from "../../schemas/generated/swap.ts";
import type { Devices, MemoryRequest, Verdict } from "../devices/mod.ts";
import { SyrinxError } from "../errors.ts";
import { type Binding, mayUseGpu, releaseId } from "../releases/mod.ts";

/** An instance that needs memory. */
export interface InstanceRequest {
  slot: string;
  /** Names the instance among all of the engine, e.g. `voices.slt#3`. */
  key: string;
  binding: Binding;
  strategy: Strategy;
  /** Keys of the slot's other instances: they are gone by the time it starts, if it starts after the unload. */
  givesBack: readonly string[];
}

/** What an admission would decide. */
export interface AdmissionPreview {
  /** `auto` only if it would be refused. */
  strategy: Strategy;
  memory: MemoryVerdict;
}

/** Where an instance may run. */
export interface Placement {
  way: "beside" | "after-unload";
  /** Environment variables that limit the process to its GPU. */
  env: Readonly<Record<string, string>>;
  /** Why, with the numbers. */
  detail: string;
}

/** Something that may be ended to make room for others. */
export interface Evictable {
  key: string;
  slot: string;
  /** On the monotonic clock, in ms. */
  lastUsedAt: number;
  /** Resolves when its process is gone, or when it may not be ended any more. */
  evict(): Promise<void>;
}

/** Another instance may take the memory that was freed for this one. Then it is tried again, so many times. */
const MAX_TRIES = 3;

export class Admission {
  constructor(
    private readonly devices: Pick<Devices, "admit" | "preview" | "release">,
    private readonly evictable: () => readonly Evictable[],
  ) {}

  /**
   * Reserves room for an instance.
   *
   * @throws SyrinxError memory-refused with the numbers, or device-unavailable
   */
  async admit(request: InstanceRequest): Promise<Placement> {
    for (let tries = 1; ; tries++) {
      const evictable = this.evictable();
      const verdict = await this.devices.admit(memoryRequestOf(request, evictable));
      const spare = tries < MAX_TRIES ? spareOf(request, verdict, evictable) : [];
      if (spare.length > 0) {
        this.devices.release(request.key);
        await Promise.all(spare.map((one) => one.evict()));
      } else if (verdict.verdict === "refused") {
        throw new SyrinxError("memory-refused", `There is no room: ${verdict.message}`);
      } else if (tries > MAX_TRIES) {
        throw new SyrinxError(
          "memory-refused",
          `There is no room for ${request.slot}: the memory that was freed for it was used again ${MAX_TRIES} times`,
        );
      } else if (verdict.evict.length === 0) {
        return placementOf(request, verdict);
      } else {
        const leaving = evictable.filter(({ key }) => verdict.evict.some((one) => one === key));
        await Promise.all(leaving.map((one) => one.evict()));
      }
    }
  }

  /**
   * Says what {@linkcode admit} would decide. Reserves and ends nothing.
   *
   * @throws SyrinxError device-unavailable
   */
  async preview(request: InstanceRequest): Promise<AdmissionPreview> {
    const evictable = this.evictable();
    const wanted = memoryRequestOf(request, evictable);
    const first = await this.devices.preview(wanted);
    const spare = spareOf(request, first, evictable).map(({ key }) => key);
    const verdict = spare.length > 0 ? await this.devices.preview(wanted, spare) : first;
    const { device, needs, message } = verdict;
    const evict = evictable.filter(({ key }) => verdict.evict.some((one) => one === key));
    return {
      strategy: strategyOf(request.strategy, request.givesBack, verdict),
      memory: {
        verdict: verdict.verdict,
        device,
        needs: needs.map((part) => ({ ...part })),
        evict: [...new Set(evict.map(({ slot }) => slot))],
        message,
      },
    };
  }
}

/** A parked instance ends before the next one of its slot starts. It may as well end now, if both then fit. */
function spareOf(
  { slot, strategy }: InstanceRequest,
  { verdict, evict }: Verdict,
  evictable: readonly Evictable[],
): Evictable[] {
  if (verdict === "fits-beside" || strategy === "recreate") return [];
  return evictable.filter((one) => one.slot === slot && !evict.some((key) => key === one.key));
}

function memoryRequestOf(
  { slot, key, binding, strategy, givesBack }: InstanceRequest,
  evictable: readonly Evictable[],
): MemoryRequest {
  const { plugin, model, device } = binding;
  const declared = model?.manifest.memory?.bytes;
  return {
    key,
    slot,
    plugin: releaseId(plugin),
    ...(model && { model: releaseId(model) }),
    device,
    mayUseGpu: mayUseGpu(binding),
    ...(declared !== undefined && { declaredBytes: declared }),
    weightsBytes: model?.bytes ?? 0,
    givesBack,
    evictable: evictable.filter((one) => one.slot !== slot),
    beside: strategy === "blue-green" || strategy === "canary",
  };
}

function placementOf(
  { strategy, binding, givesBack }: InstanceRequest,
  verdict: Exclude<Verdict, { verdict: "refused" }>,
): Placement {
  const unloads = strategyOf(strategy, givesBack, verdict) === "recreate" && givesBack.length > 0;
  const { device, uuid, message } = verdict;
  return {
    way: unloads ? "after-unload" : "beside",
    env: mayUseGpu(binding) ? gpuVariables(binding.device, device, uuid) : {},
    detail: message,
  };
}

/** @returns the strategy that `auto` stands for here; any other one as it is */
function strategyOf(strategy: Strategy, givesBack: readonly string[], { verdict }: Verdict): Strategy {
  if (strategy !== "auto" || verdict === "refused") return strategy;
  return verdict === "fits-after-unload" && givesBack.length > 0 ? "recreate" : "blue-green";
}

/**
 * A plugin that may choose its GPU sees only the one that it was given, as its `cuda:0`. A plugin that was told a number
 * counts GPUs as nvidia-smi does.
 */
function gpuVariables(wanted: string, given: string, uuid: string | undefined): Record<string, string> {
  if (given === "cpu") return { CUDA_VISIBLE_DEVICES: "" };
  const isNumbered = wanted !== "auto" && wanted !== "cuda";
  return uuid !== undefined && !isNumbered
    ? { CUDA_VISIBLE_DEVICES: uuid }
    : { CUDA_DEVICE_ORDER: "PCI_BUS_ID" };
}
