/**
 * Measures what a model gains from several threads, on sentences that people wait for anyway, and decides once. So neither
 * the load nor a sentence takes longer for it.
 *
 * @module
 */

/** Runs of each kind that count. The fastest of them was disturbed least by other processes. */
const RUNS = 3;
/** Several threads must be so many times as fast, because they take up to 1.2 times the CPU time. */
const LEAST_GAIN = 1.05;

/** What runs a sentence: one thread of the CPU, or several that share its work. */
export type Threads = "one" | "several";

/** Compares runs with one thread and with several on the same model, while nothing else runs. */
export class ThreadTrial {
  /** The fastest run of each kind, in ms for each sample, and how many there were. */
  readonly #one = { runs: 0, fastest: Number.POSITIVE_INFINITY };
  /** The first run of a session takes its memory from the system, and does not count. */
  readonly #several = { runs: -1, fastest: Number.POSITIVE_INFINITY };

  /** What the next run should use: the kind that was measured less often, and at last the better one. */
  get next(): Threads {
    return this.verdict ?? (this.#several.runs < this.#one.runs ? "several" : "one");
  }

  /** The better kind, once both are measured. */
  get verdict(): Threads | undefined {
    if (this.#one.runs < RUNS || this.#several.runs < RUNS) return undefined;
    return this.#one.fastest / this.#several.fastest >= LEAST_GAIN ? "several" : "one";
  }

  /**
   * @param milliseconds that a run took from its request to its end
   * @param samples that it made, so that long and short sentences can be compared
   */
  add(threads: Threads, milliseconds: number, samples: number): void {
    if (this.verdict !== undefined) return;
    const kind = threads === "one" ? this.#one : this.#several;
    kind.runs++;
    if (kind.runs > 0) kind.fastest = Math.min(kind.fastest, milliseconds / samples);
  }
}
