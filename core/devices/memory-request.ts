/**
 * The request for room for one instance, and an estimate of how much memory it needs. Pure.
 *
 * @module
 */
import { HOST } from "./device.ts";

/** A request for room for one instance. */
export interface MemoryRequest {
  /** Of the instance, e.g. `voices.slt#3`. */
  readonly key: string;
  readonly slot: string;
  /** e.g. `piper@1.0.0` */
  readonly plugin: string;
  readonly model?: string;
  /** As in the binding: auto, cpu, cuda or cuda:N. */
  readonly device: string;
  /** Whether `auto` may be a GPU: the plugin can use one and has the permission. */
  readonly mayUseGpu: boolean;
  /** The memory of a loaded instance, as model.json declares it, in bytes. */
  readonly declaredBytes?: number;
  /** 0 for a plugin without a model. */
  readonly weightsBytes: number;
  /** Keys of the instances that end in any case, before or after this one serves: the old instance of the slot. */
  readonly givesBack: readonly string[];
  /** Instances that may be unloaded for it, e.g. idle voices. */
  readonly evictable: readonly { key: string; lastUsedAt: number }[];
  /** Whether it must fit beside the instance that it replaces, as in blue-green and canary. */
  readonly beside: boolean;
}

/** What an instance was measured to take. */
export interface MeasuredMemory {
  hostBytes: number;
  /** Absent: it used no GPU, or the driver did not report it. */
  gpuBytes?: number;
}

/** What exact releases of a plugin and a model took on a device, kept across restarts. */
export interface MemoryHistory {
  find(of: MemoryHistoryKey): MeasuredMemory | undefined;
  /** @param at RFC 3339 */
  remember(of: MemoryHistoryKey, measured: MeasuredMemory, at: string): void;
}

export interface MemoryHistoryKey {
  /** e.g. `piper@1.0.0` */
  plugin: string;
  model?: string;
  /** `cpu`, or a GPU's id. */
  device: string;
}

/** An amount of memory on one device. */
export interface DeviceNeed {
  /** `host` or a GPU's id. */
  device: string;
  bytes: number;
}

/**
 * The memory of a plugin process without a model, in bytes. Measured: the shipped `tone` has a resident set of 36 MB after
 * its load and 45 MB after a few sentences. Most of it are Bun's own pages, which all processes share.
 */
export const PROCESS_BYTES = 50_000_000;
/**
 * The memory of a process that runs a model, without the weights, in bytes. Measured: the shipped piper voices (4.7 MB of
 * weights) have a resident set of 160 MB after their load and of 200 MB after sentences of 150 characters. Of that, 100 and
 * 143 MB are their own (PSS): Bun, onnxruntime, espeak-ng and the working memory of an inference.
 */
export const RUNTIME_BYTES = 150_000_000;
/** Memory per weights. Measured: a model of 315 MB took 365 MB, and the longest sentences need more. */
export const WEIGHTS_FACTOR = 1.5;
/** The memory of a CUDA context, which a process has before any model, in bytes. Source: onnxruntime issue 20548. */
export const CUDA_CONTEXT_BYTES = 320_000_000;

/** What is known of an instance before it loads. */
export interface Known extends Pick<MemoryRequest, "declaredBytes" | "weightsBytes"> {
  /** What the same releases of plugin and model took before, on the same device. */
  measured?: MeasuredMemory;
}

/**
 * @param device `host` or a GPU's id
 * @returns the need on each device: for a GPU, that of the GPU first, then that of the host
 */
export function estimate(device: string, { weightsBytes, declaredBytes, measured }: Known): DeviceNeed[] {
  const loaded = weightsBytes > 0 ? RUNTIME_BYTES + WEIGHTS_FACTOR * weightsBytes : PROCESS_BYTES;
  const host = { device: HOST, bytes: Math.ceil(measured?.hostBytes ?? declaredBytes ?? loaded) };
  if (device === HOST) return [host];
  const onGpu = CUDA_CONTEXT_BYTES + (declaredBytes ?? WEIGHTS_FACTOR * weightsBytes);
  // The weights pass through the host's memory when they load, and the process stays there.
  const beside = { device: HOST, bytes: Math.ceil(measured?.hostBytes ?? RUNTIME_BYTES + weightsBytes) };
  return [{ device, bytes: Math.ceil(measured?.gpuBytes ?? onGpu) }, beside];
}
