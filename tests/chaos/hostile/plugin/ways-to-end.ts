/**
 * How a process ends or stands still, whatever it was doing.
 *
 * @module
 */
import { closeSync } from "node:fs";
import { writeTo } from "./wire.ts";

const STDERR = 2;

export function exits(code: number): () => void {
  return () => process.exit(code);
}

/** Says its last words, and exits with 1. */
export function complains(): void {
  writeTo(STDERR, Buffer.from("no luck today\n"));
  process.exit(1);
}

/** SIGSEGV and SIGABRT as of a broken native library, SIGKILL as of a kernel without memory, SIGSTOP as of a debugger. */
export function dies(signal: NodeJS.Signals): () => void {
  return () => {
    process.kill(process.pid, signal);
    waits();
  };
}

/** Does nothing more, and costs nothing. */
export function waits(): never {
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (;;) Atomics.wait(never, 0, 0);
}

/** Computes without end. */
export function spins(): never {
  for (;;);
}

/** Closes the stream, and lives on. */
export function hangsUp(): void {
  closeSync(3);
  waits();
}

/** Takes 400 MB, and keeps them. */
export function leaks(): void {
  const leaked = new Uint8Array(400e6).fill(1);
  waits();
  console.log(leaked.length);
}
