/**
 * The terminal UI: shows and controls an engine over its HTTP API.
 *
 * @module
 */
import type { EngineAddress } from "../client/mod.ts";
import { Program } from "./program.ts";

export type { EngineAddress } from "../client/mod.ts";

/**
 * Opens the screen on this terminal, until it is quit. It gives the terminal back as it was, also when it is told to end by a
 * signal or by a fault of its own.
 *
 * @throws what went wrong in it, the terminal given back
 */
export async function runAdmin(address: EngineAddress): Promise<void> {
  const end = new AbortController();
  const fault = Promise.withResolvers<never>();
  const stop = () => end.abort();
  const fail = (error: unknown) => fault.reject(error);
  for (const signal of SIGNALS) process.on(signal, stop);
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  const program = new Program(address);
  try {
    await Promise.race([program.run(end.signal), fault.promise]);
  } finally {
    program.close();
    process.off("uncaughtException", fail);
    process.off("unhandledRejection", fail);
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;
