/**
 * How much memory an instance will need. Pure.
 *
 * @module
 */
import { HOST } from "./device.ts";

/**
 * A plugin process without a model, in bytes: the shipped `tone` has a resident set of 36 MB after its load and 45 MB after
 * a few sentences, most of it Bun's own pages, which all processes share.
 */
export const PROCESS_BYTES = 50_000_000;
/**
 * What a process takes beside its weights if it runs a model, in bytes. The shipped piper voices (4.7 MB of weights) have a
 * resident set of 160 MB after their load and 200 MB after sentences of 150 characters, of which 100 and 143 MB are their
 * own (PSS): Bun, onnxruntime, espeak-ng and the working memory of an inference.
 */
export const RUNTIME_BYTES = 150_000_000;
/** Memory to weights: a model of 315 MB took 365 MB, and the longest sentences ask for more. */
export const WEIGHTS_FACTOR = 1.5;
/** A CUDA context, which a process has before any model (onnxruntime issue 20548), in bytes. */
export const CUDA_CONTEXT_BYTES = 320_000_000;

/** What an instance was measured to take. */
export interface MeasuredMemory {
  hostBytes: number;
  /** Absent: it used no GPU, or the driver did not tell. */
  gpuBytes?: number;
}

export interface Estimated {
  /** Of a plugin without a model: 0. */
  weightsBytes: number;
  /** What model.json says of a loaded instance. */
  declaredBytes?: number;
  /** What this release of plugin and model took before, on this device. */
  measured?: MeasuredMemory;
}

/** So much of one device. */
export interface DeviceNeed {
  device: string;
  /** Of memory. */
  bytes: number;
}

/**
 * @param device `host` or a GPU's id
 * @returns what is needed of each device: of the host always, of a GPU first
 */
export function estimate(device: string, { weightsBytes, declaredBytes, measured }: Estimated): DeviceNeed[] {
  const loaded = weightsBytes > 0 ? RUNTIME_BYTES + WEIGHTS_FACTOR * weightsBytes : PROCESS_BYTES;
  const host = { device: HOST, bytes: Math.ceil(measured?.hostBytes ?? declaredBytes ?? loaded) };
  if (device === HOST) return [host];
  const onGpu = CUDA_CONTEXT_BYTES + (declaredBytes ?? WEIGHTS_FACTOR * weightsBytes);
  // The weights go through the host's memory on their way, and the process stays there.
  const beside = { device: HOST, bytes: Math.ceil(measured?.hostBytes ?? RUNTIME_BYTES + weightsBytes) };
  return [{ device, bytes: Math.ceil(measured?.gpuBytes ?? onGpu) }, beside];
}
