import { SlidingCounts } from "./sliding-counts.ts";

/** Up to this all durations count as one, in ms; so do those above the longest, which is 10 minutes. */
const SHORTEST_MS = 1;
const MAX_MS = 600_000;
/** Durations that differ by less are told apart by chance: this is how exact a percentile is. */
const STEP = Math.log(1.05);
const KINDS = Math.ceil(Math.log(MAX_MS / SHORTEST_MS) / STEP) + 1;
const SLICES = 12;

/** How long things took in the last while. It takes the same memory, 14 kB, however many there were. */
export class SlidingDurations {
  readonly #counts: SlidingCounts;

  /** @param windowMs how long a duration counts, in ms: up to a twelfth less than that */
  constructor(windowMs: number) {
    this.#counts = new SlidingCounts({ windowMs, slices: SLICES, kinds: KINDS });
  }

  add(now: number, ms: number): void {
    const kind = Math.ceil(Math.log(Math.max(ms, SHORTEST_MS) / SHORTEST_MS) / STEP);
    this.#counts.add(now, Math.min(kind, KINDS - 1));
  }

  /**
   * @param share e.g. 0.95
   * @returns what so many did not exceed, in ms, off by 3 % at most; undefined: there were none
   */
  percentile(now: number, share: number): number | undefined {
    const total = this.#counts.total(now);
    if (total === 0) return undefined;
    const counts = this.#counts.byKind(now);
    let above = total - Math.ceil(share * total);
    let kind = KINDS - 1;
    for (; kind > 0; kind--) {
      above -= counts[kind]!;
      if (above < 0) break;
    }
    // The middle of those that count as one.
    return kind === 0 ? SHORTEST_MS : SHORTEST_MS * Math.exp((kind - 0.5) * STEP);
  }
}
