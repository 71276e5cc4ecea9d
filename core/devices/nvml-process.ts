/**
 * Entry of the process that calls NVML for the engine. It answers each message with the GPUs. The channel to the engine is
 * all that keeps it alive, so it ends with the engine.
 *
 * @module
 */
import type { GpuListing } from "./gpu-listing.ts";
import { NvmlLibrary } from "./nvml-library.ts";

export type NvmlAnswer = { readonly gpus: readonly GpuListing[] } | { readonly problem: string };

const [library = ""] = process.argv.slice(2);
let nvml: NvmlLibrary | undefined;

process.on("message", () => process.send?.(answer()));

function answer(): NvmlAnswer {
  try {
    nvml ??= new NvmlLibrary(library);
    return { gpus: nvml.list() };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
