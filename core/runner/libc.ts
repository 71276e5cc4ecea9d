/**
 * System calls and `execv` through the C library (glibc on Linux, libSystem on macOS).
 *
 * @module
 */
import { ptr as addressOf, dlopen, FFIType, read } from "bun:ffi";
import { type Architecture, type SyscallName, syscallNumber } from "./syscalls.ts";

/** A failed system call. The message is the call and the errno's name, e.g. `execv: ENOENT`. */
export class SystemCallError extends Error {
  /** @param errno positive, e.g. 2 */
  constructor(
    readonly call: string,
    readonly errno: number,
  ) {
    // Loaded here, so that a successful launch does not wait for node:util.
    super(`${call}: ${process.getBuiltinModule("node:util").getSystemErrorName(-errno)}`);
  }
}

/** An integer, a buffer (passed by its address), or null (address 0). */
export type Argument = number | Uint8Array | null;

/** Makes system calls. */
export interface Kernel {
  /**
   * @returns the call's result, cut to 32 bits
   * @throws {SystemCallError} if it failed
   */
  call(name: SyscallName, ...args: Argument[]): number;
}

/** Replaces this process by another program, with the same environment. */
export interface Exec {
  /**
   * @param argv the program's absolute path, then its arguments
   * @throws {SystemCallError} if the program cannot be executed
   */
  exec(argv: readonly string[]): never;
}

const { i32, ptr } = FFIType;
const EXECV = { args: [ptr, ptr], returns: i32 } as const;
const ERRNO_ADDRESS = { args: [], returns: ptr } as const;

/** @throws if this is not Linux with glibc on x86-64 or aarch64 */
export function openLinux(): Kernel & Exec {
  const libc = dlopen("libc.so.6", {
    // One signature for all calls: each parameter is as wide as a pointer, and a number is passed unchanged.
    syscall: { args: [i32, ptr, ptr, ptr, ptr, ptr, ptr], returns: i32 },
    execv: EXECV,
    __errno_location: ERRNO_ADDRESS,
  }).symbols;
  const syscall = libc.syscall as unknown as (number: number, ...args: (Argument | undefined)[]) => number;
  const errno = () => read.i32(libc.__errno_location() ?? 0);
  return {
    call(name, ...args) {
      const number = syscallNumber(name, process.arch as Architecture);
      if (number === null) throw new Error(`Cannot call ${name}: ${process.arch} has no such call`);
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
      const result = syscall(number, a, b, c, d, e, f);
      if (result === -1) throw new SystemCallError(name, errno());
      return result;
    },
    exec: (argv) => exec(libc.execv, errno, argv),
  };
}

/** @throws if this is not macOS */
export function openMacos(): Exec {
  const libc = dlopen("libSystem.B.dylib", { execv: EXECV, __error: ERRNO_ADDRESS }).symbols;
  return { exec: (argv) => exec(libc.execv, () => read.i32(libc.__error() ?? 0), argv) };
}

/** @returns the bytes of a string, with a NUL at the end */
export function cString(text: string): Uint8Array {
  return Buffer.from(`${text}\0`);
}

function exec(
  execv: (path: Uint8Array, argv: BigUint64Array) => number,
  errno: () => number,
  argv: readonly string[],
): never {
  const strings = argv.map(cString);
  const vector = new BigUint64Array(strings.length + 1);
  for (const [index, string] of strings.entries()) vector[index] = BigInt(addressOf(string));
  execv(strings[0]!, vector);
  throw new SystemCallError(`execv ${argv[0]}`, errno());
}
