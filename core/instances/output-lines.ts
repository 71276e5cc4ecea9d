/**
 * Reads the output of a plugin process as lines, within a budget: no plugin may fill the log or keep the core busy.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import { Allowance, printable } from "../protocol/mod.ts";

/** Longer lines are cut, so that a plugin cannot fill the core's memory with one line. In UTF-16 code units. */
const MAX_LINE = 16_384;
/** So many bytes of a line are kept until its end has arrived: a code unit has up to 3 in UTF-8. */
const MAX_LINE_BYTES = 3 * MAX_LINE;
const NEWLINE = 0x0a;
/** Lines that a process may write at once, and then in each second. */
const LINES = { most: 1_000, perSecond: 100 };
/** UTF-16 code units of its lines, likewise. */
const UNITS = { most: 262_144, perSecond: 32_768 };
/** Bytes that are read at full speed, likewise. Beyond that the pipe is read slowly, and the process waits. */
const RAW_BYTES = { most: 1_048_576, perSecond: 1_048_576 };
/** Wait after each piece that is read slowly, in ms. */
const SLOW_MS = 50;
/** How many lines of each piece are looked at in any case. */
const LAST_LINES = 5;
/** How often dropped lines are told, in ms. */
const TELL_MS = 1_000;

/** What one process may write, to stdout and stderr together. */
export class OutputBudget {
  readonly #lines: Allowance;
  readonly #units: Allowance;
  readonly #raw: Allowance;

  constructor(readonly clock: Clock) {
    this.#lines = new Allowance(LINES, clock);
    this.#units = new Allowance(UNITS, clock);
    this.#raw = new Allowance(RAW_BYTES, clock);
  }

  /** @returns whether a line may be logged */
  takeLine(line: string): boolean {
    return this.#lines.spend(1) && this.#units.spend(line.length);
  }

  /** @returns whether bytes may be followed by more at once */
  takeBytes(bytes: number): boolean {
    return this.#raw.spend(bytes);
  }
}

export interface LineEvents {
  /** A line that is not empty; `logged`: the budget has room for it. */
  line(line: string, logged: boolean): void;
  /** So many lines were beyond the budget since it was last called. Called once a second at most, and at the end. */
  dropped(lines: number): void;
}

/** Reads a stream to its end. Never rejects. */
export async function readLines(
  stream: ReadableStream<Uint8Array>,
  budget: OutputBudget,
  events: LineEvents,
): Promise<void> {
  const { clock } = budget;
  const lines = new LineCutter(budget, events);
  try {
    for await (const chunk of stream) {
      const isWithin = lines.push(chunk);
      const isFast = budget.takeBytes(chunk.byteLength) && isWithin;
      if (!isFast) await new Promise<void>((done) => clock.after(SLOW_MS, done));
    }
  } catch {
    // The pipe broke because the process ended. Its exit explains why.
  }
  lines.end();
}

/** Cuts output into lines. What is beyond the budget is counted, and not made into text. */
class LineCutter {
  readonly #decoder = new TextDecoder();
  /** The beginning of a line whose end has not arrived. */
  #rest = new Uint8Array();
  #dropped = 0;
  #toldAt: number;

  constructor(
    private readonly budget: OutputBudget,
    private readonly events: LineEvents,
  ) {
    this.#toldAt = budget.clock.monotonic();
  }

  /** @returns whether all lines of the chunk were within the budget */
  push(chunk: Uint8Array): boolean {
    let from = 0;
    let isWithin = true;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const isLogged = this.#take(chunk.subarray(from, end));
      from = end + 1;
      if (isLogged || !isWithin) continue;
      isWithin = false;
      // From here on only the last lines of the chunk are looked at: they may explain an exit.
      const last = Math.max(from, startOfLastLines(chunk));
      this.#dropped += newlinesIn(chunk.subarray(from, last));
      from = last;
    }
    this.#keep(chunk.subarray(from));
    if (this.budget.clock.monotonic() - this.#toldAt >= TELL_MS) this.#tell();
    return isWithin;
  }

  /** The output has ended: what is left is a line too. */
  end(): void {
    if (this.#rest.byteLength > 0) this.#take(new Uint8Array());
    this.#tell();
  }

  /**
   * @param bytes of a line that follow what was kept
   * @returns whether the budget had room for it
   */
  #take(bytes: Uint8Array): boolean {
    this.#keep(bytes);
    const line = printable(this.#decoder.decode(this.#rest), MAX_LINE);
    this.#rest = new Uint8Array();
    const isLogged = this.budget.takeLine(line);
    if (!isLogged) this.#dropped++;
    if (line) this.events.line(line, isLogged);
    return isLogged;
  }

  /** Keeps a copy of bytes of a line: the chunk that they are part of is not kept. */
  #keep(bytes: Uint8Array): void {
    const room = MAX_LINE_BYTES - this.#rest.byteLength;
    if (bytes.byteLength > 0 && room > 0) this.#rest = Buffer.concat([this.#rest, bytes.subarray(0, room)]);
  }

  #tell(): void {
    if (this.#dropped > 0) this.events.dropped(this.#dropped);
    this.#dropped = 0;
    this.#toldAt = this.budget.clock.monotonic();
  }
}

/** @returns where the last {@linkcode LAST_LINES} complete lines begin */
function startOfLastLines(chunk: Uint8Array): number {
  let end = chunk.lastIndexOf(NEWLINE);
  for (let n = 0; n < LAST_LINES && end > 0; n++) end = chunk.lastIndexOf(NEWLINE, end - 1);
  return Math.max(0, end + 1);
}

function newlinesIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.byteLength; at++) if (bytes[at] === NEWLINE) count++;
  return count;
}
