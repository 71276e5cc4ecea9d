/**
 * The two ends of a stream as the core and a plugin process have it on file descriptor 3, both in this process.
 *
 * @module
 */
import { dlopen, FFIType, ptr } from "bun:ffi";

// sys/socket.h: the same on Linux and macOS.
const AF_UNIX = 1;
const SOCK_STREAM = 1;

/** @returns two file descriptors of connected sockets; who connects to one closes it */
export function streamPair(): [number, number] {
  const { i32 } = FFIType;
  const library = process.platform === "darwin" ? "libSystem.dylib" : "libc.so.6";
  const { socketpair } = dlopen(library, {
    socketpair: { args: [i32, i32, i32, FFIType.ptr], returns: i32 },
  }).symbols;
  const ends = new Int32Array(2);
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ptr(ends)) !== 0) throw new Error("socketpair failed");
  return [ends[0]!, ends[1]!];
}
