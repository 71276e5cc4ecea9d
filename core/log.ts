/**
 * The engine's log: JSON lines on stderr, or readable lines if stderr is a terminal.
 *
 * @module
 */
import pino from "pino";
import pretty from "pino-pretty";

export type Logger = pino.Logger;
export type LogLevel = "debug" | "info" | "warn" | "error";

const STDERR = 2;

export function createLog(level: LogLevel): Logger {
  const base = { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime };
  if (!process.stderr.isTTY) {
    const formatters = { level: (label: string) => ({ level: label }) };
    return pino({ ...base, formatters }, pino.destination({ fd: STDERR, sync: true }));
  }
  const readable = pretty({
    destination: STDERR,
    sync: true,
    colorize: !process.env.NO_COLOR,
    translateTime: "SYS:HH:MM:ss.l",
    messageFormat: (entry, key) => `${entry.slot ? `[${entry.slot}] ` : ""}${entry[key]}`,
    ignore: "slot,pid,swap,generation,ms,code,stage,reason,utterance,location,path,origin",
  });
  return pino(base, readable);
}
