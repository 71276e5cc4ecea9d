import { SlidingCounts } from "./sliding-counts.ts";

/** All durations up to the shortest count as equal, in ms; so do all above the longest, which is 10 minutes. */
const SHORTEST_MS = 1;
const MAX_MS = 600_000;
/** Durations that differ by less than this ratio may count as equal: so exact is a percentile. */
const STEP = Math.log(1.05);
const KINDS = Math.ceil(Math.log(MAX_MS / SHORTEST_MS) / STEP) + 1;
const SLICES = 12;

/** Percentiles of durations in a time window. It takes 14 kB, however many durations there are. */
export class SlidingDurations {
  readonly #counts: SlidingCounts;

  /** @param windowMs how long a duration counts, in ms; it may be forgotten up to a twelfth earlier */
  constructor(windowMs: number) {
    this.#counts = new SlidingCounts({ windowMs, slices: SLICES, kinds: KINDS });
  }

  /** @param ms the duration */
  add(now: number, ms: number): void {
    const kind = Math.ceil(Math.log(Math.max(ms, SHORTEST_MS) / SHORTEST_MS) / STEP);
    this.#counts.add(now, Math.min(kind, KINDS - 1));
  }

  /**
   * @param share e.g. 0.95
   * @returns the duration that this share does not exceed, in ms, exact to 3 %; undefined if there are none
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
    // The middle of the durations that count as equal.
    return kind === 0 ? SHORTEST_MS : SHORTEST_MS * Math.exp((kind - 0.5) * STEP);
  }
}
