/**
 * The loudness meter of the Rust crate ebur128, a port of libebur128, as WebAssembly (package ebur128-wasm): a second opinion on
 * our own meter.
 *
 * The package is made for bundlers that import a `.wasm` file as a module, which Bun does not. So the file is instantiated here.
 *
 * @module
 */
import { readFileSync } from "node:fs";

interface Exports {
  readonly memory: WebAssembly.Memory;
  /** @returns the address of so many bytes */
  __wbindgen_malloc(bytes: number): number;
  /** Takes over the memory of the samples. */
  ebur128_integrated_mono(rate: number, samples: number, count: number): number;
}

/** It calls its imports only when it fails. */
const fails = (): never => {
  throw new Error("ebur128 failed");
};
const IMPORTS = {
  "./ebur128_wasm_bg.js": {
    __wbg_new_693216e109162396: fails,
    __wbg_stack_0ddaca5d1abfb52f: fails,
    __wbg_error_09919627ac0992f5: fails,
    __wbindgen_object_drop_ref: fails,
  },
};
const MODULE = new WebAssembly.Module(
  readFileSync(Bun.resolveSync("ebur128-wasm/ebur128_wasm_bg.wasm", import.meta.dir)),
);

/**
 * @param rate Hz
 * @param samples mono, 1 is full scale
 * @returns integrated loudness in LUFS; -Infinity if no block is above -70 LUFS
 */
export function ebur128Loudness(rate: number, samples: Float32Array): number {
  // A fresh instance for each sound, so that its memory is given back.
  const { exports } = new WebAssembly.Instance(MODULE, IMPORTS);
  const { memory, __wbindgen_malloc, ebur128_integrated_mono } = exports as unknown as Exports;
  const address = __wbindgen_malloc(samples.byteLength);
  new Float32Array(memory.buffer, address, samples.length).set(samples);
  return ebur128_integrated_mono(rate, address, samples.length);
}
