/**
 * The terminal UI: shows and controls an engine over its HTTP API.
 *
 * @module
 */
import type { EngineAddress } from "../client/mod.ts";
import { Program } from "./program.ts";

export type { EngineAddress } from "../client/mod.ts";

/**
 * Opens the screen on this terminal until the user quits. It restores the terminal in every case, also after a
 * signal or an error.
 *
 * @throws the error of the screen, after the terminal was restored
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
