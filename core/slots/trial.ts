/**
 * A generation on trial: how many of its utterances fail decides whether it stays. A canary is on trial, and so is what
 * was just routed, for `swap.watch.windowMs`. Only what is the plugin's fault counts as a failure (generation.ts).
 *
 * @module
 */
import type { CanaryTrial } from "../../schemas/generated/swap.ts";
import type { Clock, Timer } from "../clock.ts";
import { SyrinxError } from "../errors.ts";
import type { SlotState } from "./lifecycle/mod.ts";

export interface TrialRules {
  /** How long it is tried, in ms. */
  windowMs: number;
  /** With fewer utterances than this nothing is decided. */
  minRequests: number;
  /** Share of the utterances that may fail, 0 to 1. */
  maxErrorRate: number;
  /** Longest time for it, in ms. Then it is over without a verdict. undefined: no limit. */
  maxWaitMs?: number;
}

/** What a trial has seen so far. */
export interface Counts {
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
  /** Called after each utterance that decides nothing. */
  counted?(seen: Counts): void;
  /** Called at most once, with what was seen in `maxWaitMs`; nothing follows. */
  overdue?(detail: string): void;
}

/**
 * Whether too many have failed: so many that the trial fails even if the rest of the `minRequests` go well.
 */
export function hasFailed({ requests, failed }: Counts, { minRequests, maxErrorRate }: TrialRules): boolean {
  return failed > maxErrorRate * Math.max(requests, minRequests);
}

/** @throws SyrinxError body-invalid if a trial can never be passed, because its longest time ends before its window */
export function requireTimeToPass({ windowMs, maxWaitMs }: TrialRules): void {
  if (maxWaitMs === undefined || maxWaitMs > windowMs) return;
  throw new SyrinxError(
    "body-invalid",
    `maxWaitMs is ${maxWaitMs}, and must be more than windowMs, which is ${windowMs}: a canary is promoted when its window is over`,
  );
}

/** @throws SyrinxError swap-not-canary if a swap of a slot is not a canary on trial */
export function requireCanary({ swap }: SlotState, id: string, what: "promote" | "abort"): void {
  if (swap?.phase === "canary" && swap.transition.id === id) return;
  throw new SyrinxError("swap-not-canary", `Cannot ${what} swap ${id} because it is not a canary on trial`);
}

/** @returns the trial of a canary as its record shows it */
export function trialOf(
  { minRequests, windowMs, maxWaitMs }: TrialRules,
  { requests, failed }: Counts,
): CanaryTrial {
  return { requests, failed, minRequests, windowMs, ...(maxWaitMs !== undefined && { maxWaitMs }) };
}

export class Trial {
  readonly #counts: Counts = { requests: 0, failed: 0 };
  readonly #timers: Timer[];
  #windowOver = false;
  #ended = false;

  constructor(private readonly options: TrialOptions) {
    const { clock, rules } = options;
    const { windowMs, maxWaitMs } = rules;
    const window = clock.after(windowMs, () => {
      this.#windowOver = true;
      this.#judge();
    });
    this.#timers =
      maxWaitMs === undefined ? [window] : [window, clock.after(maxWaitMs, () => this.#giveUp(maxWaitMs))];
  }

  /** An utterance is over; `ok`: no part of it failed because of the plugin. */
  count(ok: boolean): void {
    this.#counts.requests++;
    if (!ok) this.#counts.failed++;
    this.#judge();
    if (!this.#ended) this.options.counted?.({ ...this.#counts });
  }

  /** Ends it without a verdict. */
  end(): void {
    this.#ended = true;
    for (const timer of this.#timers) timer.cancel();
  }

  #giveUp(maxWaitMs: number): void {
    if (this.#ended) return;
    this.end();
    const { requests } = this.#counts;
    this.options.overdue?.(
      `it had ${requests} of the ${this.options.rules.minRequests} requests that it needs in ${maxWaitMs / 1000} s`,
    );
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
