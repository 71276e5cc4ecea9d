/**
 * Finds out which parts of the sandbox this kernel offers.
 *
 * @module
 */
import { dlopen, FFIType, read } from "bun:ffi";
import { getSystemErrorName } from "node:util";

/** What the kernel offers. */
export interface SandboxSupport {
  /** Whether files, sockets and processes are all restricted. */
  enforced: boolean;
  /** Version of Landlock's interface; 0: there is none. */
  landlockAbi: number;
  seccomp: boolean;
  /** Whether a plugin with network can be restricted to the port of the egress proxy. */
  egress: boolean;
  /** For people: e.g. `Landlock ABI 7 + seccomp`, or why the sandbox is not enforced. */
  summary: string;
}

// linux/landlock.h and linux/seccomp.h; call numbers from asm/unistd_64.h and asm-generic/unistd.h.
const LANDLOCK_CREATE_RULESET = 444;
const LANDLOCK_CREATE_RULESET_VERSION = 1;
const SECCOMP: Record<string, number> = { x64: 317, arm64: 277 };
const SECCOMP_GET_ACTION_AVAIL = 2;
const SECCOMP_RET_ERRNO = 0x00050000;

/** The first ABI with rules for TCP. */
const EGRESS_ABI = 4;

let measured: SandboxSupport | undefined;

/** @returns what the kernel offers; the kernel is asked at the first call only */
export function sandboxSupport(): SandboxSupport {
  measured ??= measure();
  return measured;
}

/**
 * @param landlock ABI version, or the name of the error that the kernel answered with
 * @param seccomp true, or the name of that error
 */
export function describeSupport(landlock: number | string, seccomp: true | string): SandboxSupport {
  const landlockAbi = typeof landlock === "number" ? landlock : 0;
  const missing = [
    ...(typeof landlock === "string" ? [`Landlock is not in this kernel (${landlock})`] : []),
    ...(typeof seccomp === "string" ? [`seccomp filters are not in this kernel (${seccomp})`] : []),
  ];
  const enforced = missing.length === 0;
  const egress = enforced && landlockAbi >= EGRESS_ABI;
  const open = egress
    ? ""
    : `; a plugin with net is not held to the proxy (Landlock ABI ${EGRESS_ABI} is needed)`;
  const summary = enforced
    ? `Landlock ABI ${landlockAbi} + seccomp${open}`
    : `not enforced: ${missing.join(", ")}`;
  return { enforced, landlockAbi, seccomp: seccomp === true, egress, summary };
}

function measure(): SandboxSupport {
  const none = { enforced: false, landlockAbi: 0, seccomp: false, egress: false };
  if (process.platform === "darwin") return { ...none, summary: "not enforced: macOS has no Landlock" };
  const seccompNumber = SECCOMP[process.arch];
  if (process.platform !== "linux" || seccompNumber === undefined) {
    return {
      ...none,
      summary: `not enforced: there is no sandbox for ${process.platform} on ${process.arch}`,
    };
  }
  try {
    const call = openSyscall();
    const landlock = call(LANDLOCK_CREATE_RULESET, 0, 0, LANDLOCK_CREATE_RULESET_VERSION);
    const action = new Uint32Array([SECCOMP_RET_ERRNO]);
    const seccomp = call(seccompNumber, SECCOMP_GET_ACTION_AVAIL, 0, action);
    return describeSupport(landlock, typeof seccomp === "number" ? true : seccomp);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...none, summary: `not enforced: the C library cannot be called (${reason})` };
  }
}

type Syscall = (number: number, a: number, b: number, c: number | Uint32Array) => number | string;

/** @returns a function that makes a system call, and returns the name of the error in place of -1 */
function openSyscall(): Syscall {
  const { i32, ptr } = FFIType;
  const libc = dlopen("libc.so.6", {
    syscall: { args: [i32, ptr, ptr, ptr], returns: i32 },
    __errno_location: { args: [], returns: ptr },
  }).symbols;
  const syscall = libc.syscall as unknown as (...args: Parameters<Syscall>) => number;
  return (...args) => {
    const result = syscall(...args);
    return result === -1 ? getSystemErrorName(-read.i32(libc.__errno_location() ?? 0)) : result;
  };
}
