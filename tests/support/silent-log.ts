import pino from "pino";
import type { Logger } from "../../core/log.ts";

/** A log that keeps nothing, for parts that are tested without an engine. */
export function silentLog(): Logger {
  return pino({ level: "silent" });
}
