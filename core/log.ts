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
/** Lines that wait for a slow reader of the log, in bytes. Beyond that they are dropped. */
const MAX_WAITING_BYTES = 1024 * 1024;

export function createLog(level: LogLevel): Logger {
  const base = { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime };
  if (!process.stderr.isTTY) {
    const formatters = { level: (label: string) => ({ level: label }) };
    return pino({ ...base, formatters }, patientStderr());
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

/**
 * Writes to stderr on another thread: if whoever reads the log is slow, a write that waits would stop the engine. What is
 * left is written when the process ends.
 */
function patientStderr(): pino.DestinationStream {
  const destination = pino.destination({ fd: STDERR, sync: false, maxLength: MAX_WAITING_BYTES });
  let dropped = 0;
  destination.on("drop", () => dropped++);
  destination.on("drain", () => {
    if (dropped === 0) return;
    const msg = `${dropped} lines of the log were dropped because its reader was slow`;
    dropped = 0;
    destination.write(`${JSON.stringify({ level: "warn", time: new Date().toISOString(), msg })}\n`);
  });
  return destination;
}
