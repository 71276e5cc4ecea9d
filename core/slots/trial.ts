/**
 * A generation on trial: how many of its utterances fail decides whether it stays. A canary is on trial, and so is what
 * was just routed, for `swap.watch.windowMs`. Only what is the plugin's fault counts as a failure (generation.ts).
 *
 * @module
 */
import type { Clock, Timer } from "../clock.ts";

export interface TrialRules {
  /** How long it is tried, in ms. */
  windowMs: number;
  /** With fewer utterances than this nothing is decided. */
  minRequests: number;
  /** Share of the utterances that may fail, 0 to 1. */
  maxErrorRate: number;
}

interface Counts {
  requests: number;
  failed: number;
}

export interface TrialOptions {
  rules: TrialRules;
  clock: Clock;
  /** Whether it goes on beyond its window until it has had `minRequests`. */
  untilUsed: boolean;
  /** Called at most once, with how many failed; nothing follows. */
  failed(detail: string): void;
  /** Called at most once; nothing follows. */
  passed(detail: string): void;
}

/**
 * Whether too many have failed: so many that the trial fails even if the rest of the `minRequests` go well.
 */
export function hasFailed({ requests, failed }: Counts, { minRequests, maxErrorRate }: TrialRules): boolean {
  return failed > maxErrorRate * Math.max(requests, minRequests);
}

export class Trial {
  readonly #counts: Counts = { requests: 0, failed: 0 };
  readonly #timer: Timer;
  #windowOver = false;
  #ended = false;

  constructor(private readonly options: TrialOptions) {
    this.#timer = options.clock.after(options.rules.windowMs, () => {
      this.#windowOver = true;
      this.#judge();
    });
  }

  /** An utterance is over; `ok`: no part of it failed because of the plugin. */
  count(ok: boolean): void {
    this.#counts.requests++;
    if (!ok) this.#counts.failed++;
    this.#judge();
  }

  /** Ends it without a verdict. */
  end(): void {
    this.#ended = true;
    this.#timer.cancel();
  }

  #judge(): void {
    if (this.#ended) return;
    const { rules, untilUsed } = this.options;
    const { requests, failed } = this.#counts;
    const counted = `${failed} of ${requests} utterances failed`;
    if (hasFailed(this.#counts, rules)) {
      this.end();
      return this.options.failed(counted);
    }
    if (!this.#windowOver || (untilUsed && requests < rules.minRequests)) return;
    this.end();
    this.options.passed(`${counted} in ${rules.windowMs / 1000} s or more`);
  }
}
