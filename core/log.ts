/**
 * The engine's log: JSON lines on stderr, or readable lines if stderr is a terminal.
 *
 * @module
 */
import pino from "pino";

export type Logger = pino.Logger;
export type LogLevel = "debug" | "info" | "warn" | "error";

const STDERR = 2;
/** How long the end of the process waits for the thread that writes, in ms. */
const EXIT_MS = 50;
/** How long a stop waits until all is written, and from one look to the next, in ms. */
const FLUSH_MS = 1_000;
const LOOK_MS = 1;
/** Lines that wait for a slow reader of the log, in bytes. Beyond that they are dropped. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** Where each log is written. A log on a terminal is written at once. */
const PATIENT = new WeakMap<Logger, PatientStderr>();

/** Resolves when all lines of a log are written. For the end of a process; a reader that reads nothing is waited for 1 s. */
export async function flushLog(log: Logger): Promise<void> {
  await PATIENT.get(log)?.written();
}

export function createLog(level: LogLevel): Logger {
  const base = { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime };
  if (!process.stderr.isTTY) {
    const formatters = { level: (label: string) => ({ level: label }) };
    const stderr = new PatientStderr();
    const log = pino({ ...base, formatters }, stderr);
    PATIENT.set(log, stderr);
    return log;
  }
  // Loaded here, because most engines write no log for people, and it takes 40 ms.
  const pretty = require("pino-pretty") as typeof import("pino-pretty");
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
 * Stderr, written to by another thread: if whoever reads the log is slow, a write that waits would stop the engine. What is
 * left is written when the process ends.
 */
class PatientStderr {
  readonly #destination = pino.destination({ fd: STDERR, sync: false, maxLength: MAX_WAITING_BYTES });
  #dropped = 0;
  #isWriting = false;

  constructor() {
    this.#destination.on("drop", () => this.#dropped++);
    this.#destination.on("drain", () => {
      this.#isWriting = false;
      this.#tellDropped();
    });
    // Before pino writes the rest itself: the other thread may be about to write what comes before it.
    process.prependListener("exit", () => {
      if (this.#isWriting) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, EXIT_MS);
    });
  }

  write(line: string): void {
    this.#isWriting = true;
    this.#destination.write(line);
  }

  /** Resolves when all is written, or after a second. */
  async written(): Promise<void> {
    for (let waited = 0; this.#isWriting && waited < FLUSH_MS; waited += LOOK_MS) await Bun.sleep(LOOK_MS);
  }

  #tellDropped(): void {
    if (this.#dropped === 0) return;
    const msg = `${this.#dropped} lines of the log were dropped because its reader was slow`;
    this.#dropped = 0;
    this.write(`${JSON.stringify({ level: "warn", time: new Date().toISOString(), msg })}\n`);
  }
}
