/**
 * What the kernel of this machine offers to hold a plugin with, found without the code that is tested: a sandbox that the
 * kernel offers and the engine does not use is then a failure, and no test that is skipped.
 *
 * @module
 */
import { dlopen, FFIType } from "bun:ffi";
import { readFileSync } from "node:fs";

export interface KernelSandbox {
  /** Version of Landlock's interface; 0: there is none. */
  readonly landlockAbi: number;
  readonly seccomp: boolean;
  /** Why a plugin cannot be held here; undefined: it can. */
  readonly missing: string | undefined;
  /** Why a plugin with network cannot be held to the proxy here; undefined: it can. */
  readonly missingForNetwork: string | undefined;
}

/** `landlock_create_ruleset` has this number on every architecture (the kernel's scripts/syscall.tbl). */
const LANDLOCK_CREATE_RULESET = 444;
const LANDLOCK_CREATE_RULESET_VERSION = 1;

export function kernelSandbox(): KernelSandbox {
  const landlockAbi = askLandlock();
  const seccomp = askSeccomp();
  const lacks = [...(landlockAbi > 0 ? [] : ["Landlock"]), ...(seccomp ? [] : ["seccomp filters"])];
  const missing = lacks.length > 0 ? `this kernel has no ${lacks.join(" and no ")}` : undefined;
  const rules = landlockAbi < 4 ? `Landlock ABI 4 is needed, this kernel has ${landlockAbi}` : undefined;
  return { landlockAbi, seccomp, missing, missingForNetwork: missing ?? rules };
}

function askLandlock(): number {
  if (process.platform !== "linux") return 0;
  const { i32, ptr } = FFIType;
  const { syscall } = dlopen("libc.so.6", {
    syscall: { args: [i32, ptr, ptr, ptr], returns: i32 },
  }).symbols;
  return Math.max(0, syscall(LANDLOCK_CREATE_RULESET, null, null, LANDLOCK_CREATE_RULESET_VERSION));
}

/** The kernel lists what its filters can answer with; without filters there is no list (man 2 seccomp). */
function askSeccomp(): boolean {
  try {
    return readFileSync("/proc/sys/kernel/seccomp/actions_avail", "utf8").split(/\s+/).includes("errno");
  } catch {
    return false;
  }
}
