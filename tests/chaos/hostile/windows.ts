/**
 * Windows of time in which a healthy voice is measured while somebody else plays.
 *
 * A window is compared with windows of the same kind in which a well-behaved plugin is swapped in, speaks and is swapped
 * out: starting a process costs time whoever it is. So what is left is the cost of the behaviour.
 *
 * @module
 */
import { residentMb } from "../../support/resident-memory.ts";
import type { Behaviour } from "./plugin/behaviour.ts";
import { BEHAVIOURS } from "./plugin/behaviours.ts";
import type { Stage } from "./stage.ts";
import { median, p95, type SteadyLoad } from "./steady-load.ts";

/** Requests in a window, at least. */
const MIN_REQUESTS = 40;
/** How long a well-behaved plugin is there for the baseline of those that last, in ms. */
const LASTING_MS = 600;
/** How often the memory of the core is taken, in ms. */
const MEMORY_MS = 20;
/** The baseline is the median of so many windows, the last ones of their kind. */
const BASELINES = 3;

/**
 * brief: one after the other is started and ended. replaced: the same, and each has a second process after the first.
 * lasting: one is there for about a second.
 */
export type Kind = "brief" | "replaced" | "lasting";

/** @returns the kind of window that a behaviour is measured in */
export function kindOf(name: string): Kind {
  const behaviour = BEHAVIOURS[name];
  if (behaviour?.lasts) return "lasting";
  return behaviour?.as === "replaced" ? "replaced" : "brief";
}

export interface Measured {
  /** Of the healthy voice, in ms. */
  p95: number;
  /** By how much the resident memory of the core grew at most, in MB. */
  grownMb: number;
}

export class Windows {
  readonly #baselines: Record<Kind, number[]> = { brief: [], replaced: [], lasting: [] };

  constructor(
    private readonly stage: Stage,
    private readonly load: SteadyLoad,
    private readonly corePid: number,
  ) {}

  /** @returns the p95 of the healthy voice in the last windows of a kind in which all behaved well, in ms */
  baseline(kind: Kind): number {
    return median(this.#baselines[kind].slice(-BASELINES));
  }

  /** Measures one more window of each kind in which all behave well. */
  async takeBaselines(): Promise<void> {
    const brief = await this.#measure(() => this.stage.playHonest(), MIN_REQUESTS);
    const replaced = await this.#measure(() => this.stage.playHonest({ reload: true }), MIN_REQUESTS);
    const lasting = await this.#measure(() => this.stage.playHonest({ whileMs: LASTING_MS }), MIN_REQUESTS);
    this.#baselines.brief.push(brief.p95);
    this.#baselines.replaced.push(replaced.p95);
    this.#baselines.lasting.push(lasting.p95);
  }

  /**
   * Plays behaviours in turn.
   *
   * @param requests how many requests to measure, at least
   */
  async play(names: readonly string[], requests = MIN_REQUESTS): Promise<Measured> {
    let next = 0;
    const playNext = async () => {
      const name = names[next++ % names.length] ?? "";
      await this.stage.play(name, BEHAVIOURS[name] as Behaviour);
    };
    return this.#measure(playNext, requests, names.length);
  }

  async #measure(play: () => Promise<void>, requests: number, least = 1): Promise<Measured> {
    const before = residentMb(this.corePid);
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, residentMb(this.corePid));
    }, MEMORY_MS);
    try {
      const latencies: number[] = [];
      let plays = 0;
      while (plays < least || latencies.length < requests) {
        latencies.push(...(await this.load.during(play)));
        plays++;
      }
      return { p95: p95(latencies), grownMb: peak - before };
    } finally {
      clearInterval(watch);
    }
  }
}
