/**
 * Reads the output of a plugin process as lines, within a budget: no plugin may fill the log or keep the core busy.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import { Allowance, printable } from "../protocol/mod.ts";

/** Longer lines are cut, so that a plugin cannot fill the core's memory with one line. In UTF-16 code units. */
const MAX_LINE = 16_384;
/** Lines that a process may write at once, and then in each second. */
const LINES = { most: 1_000, perSecond: 100 };
/** UTF-16 code units of its lines, likewise. */
const UNITS = { most: 262_144, perSecond: 32_768 };
/** Bytes that are read at full speed, likewise. Beyond that the pipe is read slowly, and the process waits. */
const RAW_BYTES = { most: 8_388_608, perSecond: 1_048_576 };
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
  const decoder = new TextDecoder();
  let rest = "";
  let dropped = 0;
  let toldAt = clock.monotonic();
  const take = (line: string) => {
    const cut = printable(line, MAX_LINE);
    const logged = budget.takeLine(cut);
    if (!logged) dropped++;
    if (cut) events.line(cut, logged);
  };
  const tell = () => {
    if (dropped > 0) events.dropped(dropped);
    dropped = 0;
    toldAt = clock.monotonic();
  };
  try {
    for await (const chunk of stream) {
      const before = dropped;
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = (lines.pop() ?? "").slice(0, MAX_LINE);
      // Beyond the budget only the last lines of a piece are looked at: they may explain an exit.
      for (const [index, line] of lines.entries())
        if (dropped === before || index >= lines.length - LAST_LINES) take(line);
        else dropped++;
      if (clock.monotonic() - toldAt >= TELL_MS) tell();
      const isFast = budget.takeBytes(chunk.byteLength) && dropped === before;
      if (!isFast) await new Promise<void>((done) => clock.after(SLOW_MS, done));
    }
  } catch {
    // The pipe broke because the process ended. Its exit explains why.
  }
  if (rest.trim()) take(rest);
  tell();
}
