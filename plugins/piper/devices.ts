/**
 * Chooses the onnxruntime execution provider of a voice.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { PluginError } from "syrinx/sdk";

/** The parts that CUDA needs, as found on this machine. */
export interface CudaSupport {
  /** Numbers of the NVIDIA GPUs that have a device file. */
  readonly gpus: readonly number[];
  /** Whether onnxruntime's CUDA provider library is installed. */
  readonly library: boolean;
}

export interface DeviceChoice {
  /** `cpu` or `cuda:N`. */
  readonly device: string;
  /** Whether the CPU may be used if the device does not work. */
  readonly mayFallBack: boolean;
  readonly notes: readonly string[];
}

const INSTALL =
  "install it with onnxruntime's own install script (node node_modules/onnxruntime-node/script/install.js, Linux x64, " +
  "needs the internet), with CUDA 12 and cuDNN 9";
/** More GPUs than any known machine has. */
const MAX_GPUS = 32;

/** Checks only device files and libraries. Loads nothing. */
export function findCudaSupport(): CudaSupport {
  // Checked one by one, because the sandbox does not allow listing /dev.
  const gpus = Array.from({ length: MAX_GPUS }, (_, id) => id).filter((id) => existsSync(`/dev/nvidia${id}`));
  const native = join(
    dirname(Bun.resolveSync("onnxruntime-node/package.json", import.meta.dir)),
    "bin/napi-v6",
    process.platform,
    process.arch,
  );
  return { gpus, library: existsSync(join(native, "libonnxruntime_providers_cuda.so")) };
}

/**
 * @param wanted `auto`, `cpu`, `cuda` or `cuda:N`
 * @throws PluginError `device-unavailable` if a requested GPU cannot be used
 */
export function chooseDevice(wanted: string, { gpus, library }: CudaSupport): DeviceChoice {
  if (wanted === "cpu") return { device: "cpu", mayFallBack: false, notes: [] };
  const [first] = gpus;
  if (wanted === "auto") {
    if (first === undefined) return { device: "cpu", mayFallBack: false, notes: [] };
    if (library) return { device: `cuda:${first}`, mayFallBack: true, notes: [] };
    const note = `Runs on the CPU although there is a GPU, because onnxruntime's CUDA library is not installed: ${INSTALL}`;
    return { device: "cpu", mayFallBack: false, notes: [note] };
  }
  if (first === undefined) throw unavailable(wanted, "this machine has no NVIDIA GPU: use cpu");
  const match = /^cuda(?::(\d+))?$/.exec(wanted);
  if (!match) throw unavailable(wanted, "it is not auto, cpu, cuda or cuda:N");
  const gpu = match[1] === undefined ? first : Number(match[1]);
  if (!gpus.includes(gpu)) {
    throw unavailable(
      wanted,
      `this machine has ${gpus.map((id) => `cuda:${id}`).join(", ")}: use one of them or cpu`,
    );
  }
  if (!library)
    throw unavailable(wanted, `onnxruntime's CUDA library is not installed: ${INSTALL}, or use cpu`);
  return { device: `cuda:${gpu}`, mayFallBack: false, notes: [] };
}

function unavailable(wanted: string, reason: string): PluginError {
  return new PluginError("device-unavailable", `Cannot load on ${wanted} because ${reason}`);
}
