/**
 * Lists the NVIDIA GPUs by NVML, the driver's own library, through bun:ffi. The names, signatures, structs and codes are those
 * of NVIDIA's public header nvml.h. The functions ending in _v3 came with driver 510, the others are older.
 *
 * @module
 */
import { dlopen, type FFIFunction, FFIType } from "bun:ffi";
import type { GpuListing, GpuMemory, GpuProcess, MigListing } from "./gpu-listing.ts";

const { i32, u32, u64, ptr, cstring } = FFIType;

/** Of `nvmlReturn_t`. */
const SUCCESS = 0;
const NOT_SUPPORTED = 3;
const NO_PERMISSION = 4;
const NOT_FOUND = 6;
const INSUFFICIENT_SIZE = 7;
/** Codes that concern one GPU alone: insufficient power, an interrupt problem, the GPU is lost, or it needs a reset. */
const OF_ONE_GPU: readonly number[] = [8, 11, 15, 16];

/** NVML_DEVICE_NAME_V2_BUFFER_SIZE and NVML_DEVICE_UUID_V2_BUFFER_SIZE, in bytes. */
const TEXT_BYTES = 96;
/** NVML_DEVICE_MIG_ENABLE */
const MIG_ENABLED = 1;
/** NVML_VALUE_NOT_AVAILABLE, as a 64-bit value. */
const NOT_AVAILABLE = 0xffff_ffff_ffff_ffffn;

/**
 * `nvmlProcessInfo_t`, 24 bytes: `unsigned int pid`, 4 bytes of padding, `unsigned long long usedGpuMemory`, `unsigned int
 * gpuInstanceId`, `unsigned int computeInstanceId`.
 */
const PROCESS_INFO_BYTES = 24;
/** Room in a list of processes, beyond those that were there at the last call. */
const SPARE_PROCESSES = 64;

/** An `nvmlDevice_t`: a pointer to a struct that only the library knows. */
type Handle = bigint;

const TEXT = { args: [u64, ptr, u32], returns: i32 } as const;
const NUMBER = { args: [u64, ptr], returns: i32 } as const;
const PROCESSES = { args: [u64, ptr, ptr], returns: i32 } as const;
const SYMBOLS = {
  nvmlInit_v2: { args: [], returns: i32 },
  nvmlErrorString: { args: [i32], returns: cstring },
  nvmlDeviceGetCount_v2: { args: [ptr], returns: i32 },
  nvmlDeviceGetHandleByIndex_v2: { args: [u32, ptr], returns: i32 },
  nvmlDeviceGetName: TEXT,
  nvmlDeviceGetUUID: TEXT,
  nvmlDeviceGetMemoryInfo: NUMBER,
  nvmlDeviceGetMigMode: { args: [u64, ptr, ptr], returns: i32 },
  nvmlDeviceGetMaxMigDeviceCount: NUMBER,
  nvmlDeviceGetMigDeviceHandleByIndex: { args: [u64, u32, ptr], returns: i32 },
  nvmlDeviceGetGpuInstanceId: NUMBER,
  nvmlDeviceGetComputeRunningProcesses_v3: PROCESSES,
  nvmlDeviceGetGraphicsRunningProcesses_v3: PROCESSES,
  nvmlDeviceGetMPSComputeRunningProcesses_v3: PROCESSES,
} as const satisfies Record<string, FFIFunction>;

/** Processes that compute, that draw, and that compute through MPS: together the list of nvidia-smi. */
const PROCESS_LISTS = [
  "nvmlDeviceGetComputeRunningProcesses_v3",
  "nvmlDeviceGetGraphicsRunningProcesses_v3",
  "nvmlDeviceGetMPSComputeRunningProcesses_v3",
] as const;

/** A call of NVML that failed. */
class NvmlError extends Error {
  constructor(
    call: string,
    readonly code: number,
    text: string,
  ) {
    super(`${call} failed with code ${code}: ${text}`);
  }
}

/** @returns whether there is such a library, and it is NVML; takes about 1 ms and calls nothing in it */
export function isNvml(library: string): boolean {
  try {
    dlopen(library, { nvmlInit_v2: SYMBOLS.nvmlInit_v2 }).close();
    return true;
  } catch {
    return false;
  }
}

/** Every call blocks the thread: some ms as a rule, some seconds if the driver must be loaded, forever if it hangs. */
export class NvmlLibrary {
  readonly #nvml: ReturnType<typeof dlopen<typeof SYMBOLS>>["symbols"];

  /**
   * @param library a path, or a name that the dynamic linker finds
   * @throws Error if it cannot be loaded, lacks a function, or cannot start
   */
  constructor(library: string) {
    this.#nvml = dlopen(library, SYMBOLS).symbols;
    this.#check("nvmlInit_v2", this.#nvml.nvmlInit_v2());
  }

  /**
   * @returns the GPUs in the order of nvidia-smi, without those that this process may not use
   * @throws Error if a call fails that should not. A GPU that is lost or needs a reset has a `problem` instead
   */
  list(): GpuListing[] {
    const count = this.#number("nvmlDeviceGetCount_v2", (out) => this.#nvml.nvmlDeviceGetCount_v2(out));
    return Array.from({ length: count }, (_, index) => this.#gpu(index)).filter((gpu) => gpu !== undefined);
  }

  /** @returns undefined if this process may not use it: then neither nvidia-smi nor CUDA counts it */
  #gpu(index: number): GpuListing | undefined {
    try {
      const gpu = this.#handle("nvmlDeviceGetHandleByIndex_v2", (out) =>
        this.#nvml.nvmlDeviceGetHandleByIndex_v2(index, out),
      );
      const { name, uuid } = this.#names(gpu);
      if (!this.#isMig(gpu))
        return { name, uuid, memory: this.#memory(gpu), processes: this.#processes(gpu) };
      const handles = this.#migHandles(gpu);
      const migDevices = handles.map(({ index, handle }) => this.#migDevice(index, handle));
      return { name, uuid, processes: handles.flatMap(({ handle }) => this.#processes(handle)), migDevices };
    } catch (error) {
      if (error instanceof NvmlError && error.code === NO_PERMISSION) return undefined;
      if (error instanceof NvmlError && OF_ONE_GPU.includes(error.code))
        return { problem: `NVML: ${error.message}`, processes: [] };
      throw error;
    }
  }

  #names(device: Handle): { name: string; uuid: string } {
    return {
      name: this.#text("nvmlDeviceGetName", device),
      uuid: this.#text("nvmlDeviceGetUUID", device),
    };
  }

  /** `nvmlMemory_t`, 24 bytes: `unsigned long long total, free, used`. Free is without what the driver reserves. */
  #memory(device: Handle): GpuMemory | undefined {
    const info = new BigUint64Array(3);
    const code = this.#nvml.nvmlDeviceGetMemoryInfo(device, info);
    // On a machine where it is the memory of the host.
    if (code === NOT_SUPPORTED) return undefined;
    this.#check("nvmlDeviceGetMemoryInfo", code);
    const [total = 0n, free = 0n] = info;
    return { totalBytes: Number(total), usedBytes: Number(total - free) };
  }

  #isMig(gpu: Handle): boolean {
    const [current, pending] = [new Uint32Array(1), new Uint32Array(1)];
    const code = this.#nvml.nvmlDeviceGetMigMode(gpu, current, pending);
    if (code === NOT_SUPPORTED) return false;
    this.#check("nvmlDeviceGetMigMode", code);
    return current[0] === MIG_ENABLED;
  }

  /** The numbers may have gaps, where a MIG device was destroyed. */
  #migHandles(gpu: Handle): { index: number; handle: Handle }[] {
    const most = this.#number("nvmlDeviceGetMaxMigDeviceCount", (out) =>
      this.#nvml.nvmlDeviceGetMaxMigDeviceCount(gpu, out),
    );
    const out = new BigUint64Array(1);
    return Array.from({ length: most }, (_, index) => {
      const code = this.#nvml.nvmlDeviceGetMigDeviceHandleByIndex(gpu, index, out);
      if (code === NOT_FOUND || code === NO_PERMISSION) return undefined;
      this.#check("nvmlDeviceGetMigDeviceHandleByIndex", code);
      return { index, handle: out[0] ?? 0n };
    }).filter((device) => device !== undefined);
  }

  #migDevice(index: number, handle: Handle): MigListing {
    const gpuInstance = this.#number("nvmlDeviceGetGpuInstanceId", (out) =>
      this.#nvml.nvmlDeviceGetGpuInstanceId(handle, out),
    );
    const uuid = this.#text("nvmlDeviceGetUUID", handle);
    return { index, gpuInstance, uuid, memory: this.#memory(handle) };
  }

  #processes(device: Handle): GpuProcess[] {
    return PROCESS_LISTS.flatMap((list) => this.#processList(list, device));
  }

  #processList(list: (typeof PROCESS_LISTS)[number], device: Handle): GpuProcess[] {
    const count = new Uint32Array(1);
    // The second call can find more processes than the first, so there is room to spare, and a few more tries.
    for (let room = SPARE_PROCESSES, tries = 0; ; room = (count[0] ?? 0) + SPARE_PROCESSES, tries++) {
      count[0] = room;
      const infos = new Uint8Array(room * PROCESS_INFO_BYTES);
      const code = this.#nvml[list](device, count, infos);
      if (code === INSUFFICIENT_SIZE && tries < 3) continue;
      if (code === NOT_SUPPORTED || code === NO_PERMISSION) return [];
      this.#check(list, code);
      const view = new DataView(infos.buffer);
      const places = Array.from({ length: count[0] }, (_, place) => place * PROCESS_INFO_BYTES);
      return places.map((at) => readProcess(view, at)).filter((process) => process !== undefined);
    }
  }

  #text(call: "nvmlDeviceGetName" | "nvmlDeviceGetUUID", device: Handle): string {
    const bytes = new Uint8Array(TEXT_BYTES);
    this.#check(call, this.#nvml[call](device, bytes, bytes.length));
    return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
  }

  #number(call: string, read: (out: Uint32Array<ArrayBuffer>) => number): number {
    const out = new Uint32Array(1);
    this.#check(call, read(out));
    return out[0] ?? 0;
  }

  #handle(call: string, read: (out: BigUint64Array<ArrayBuffer>) => number): Handle {
    const out = new BigUint64Array(1);
    this.#check(call, read(out));
    return out[0] ?? 0n;
  }

  #check(call: string, code: number): void {
    if (code !== SUCCESS) throw new NvmlError(call, code, String(this.#nvml.nvmlErrorString(code)));
  }
}

/** @returns undefined if the driver does not report its memory */
function readProcess(infos: DataView, at: number): GpuProcess | undefined {
  const bytes = infos.getBigUint64(at + 8, true);
  if (bytes === NOT_AVAILABLE) return undefined;
  // On a GPU that is not in MIG mode the instance is 0xFFFFFFFF, and is not looked at.
  return {
    pid: infos.getUint32(at, true),
    bytes: Number(bytes),
    gpuInstance: infos.getUint32(at + 16, true),
  };
}
