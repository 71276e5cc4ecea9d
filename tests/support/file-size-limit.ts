/**
 * Makes the disk full for one process, and gives it room again, without root and without touching anyone else's.
 *
 * @module
 */
import { dlopen, FFIType, ptr } from "bun:ffi";

/** RLIMIT_FSIZE of Linux: the largest size to which a process may write a file, in bytes. setrlimit(2). */
const RLIMIT_FSIZE = 1;
const UNLIMITED = 0xffff_ffff_ffff_ffffn;

/**
 * From now on the kernel refuses every byte that the process writes to a file (EFBIG), as a full disk does; processes
 * that it starts inherit that. Pipes and sockets go on. Only the soft limit is set, so that {@linkcode emptyDisk} can
 * take it back. Bun survives it because it ignores SIGXFSZ.
 */
export function fillDisk(pid: number): void {
  setLimit(pid, 0n);
}

/** Takes {@linkcode fillDisk} back. */
export function emptyDisk(pid: number): void {
  setLimit(pid, UNLIMITED);
}

function setLimit(pid: number, soft: bigint): void {
  const { i32, pointer } = FFIType;
  const libc = dlopen("libc.so.6", { prlimit: { args: [i32, i32, pointer, pointer], returns: i32 } });
  const limit = new BigUint64Array([soft, UNLIMITED]);
  const result = libc.symbols.prlimit(pid, RLIMIT_FSIZE, ptr(limit), null);
  libc.close();
  if (result !== 0) throw new Error(`prlimit of process ${pid} failed`);
}
