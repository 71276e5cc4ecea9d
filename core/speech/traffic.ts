/**
 * Limits how many requests a slot has at once, and measures them: rate, failures, time to the first audio.
 *
 * @module
 */
import type { SlotTraffic } from "../../schemas/generated/api.ts";
import type { Clock } from "../clock.ts";
import { SyrinxError } from "../errors.ts";
import { SlidingCounts } from "./sliding-counts.ts";
import { SlidingDurations } from "./sliding-durations.ts";

/** The window in which requests count for the rate, in ms, and its number of slices. */
const RATE = { windowMs: 10_000, slices: 100 };
const RATE_SECONDS = RATE.windowMs / 1000;
const MINUTE_MS = 60_000;
const FAILURES = { windowMs: MINUTE_MS, slices: 60 };

export class Traffic {
  /** Only slots that had requests; some may have been removed since. */
  readonly #slots = new Map<string, Tally>();

  constructor(private readonly clock: Clock) {}

  /** For all slots together, over the last 10 s. */
  get requestsPerSecond(): number {
    const now = this.clock.monotonic();
    let requests = 0;
    for (const tally of this.#slots.values()) requests += tally.requests.total(now);
    return requests / RATE_SECONDS;
  }

  /**
   * Counts a request as active at a slot, until its `leave()`.
   *
   * @param maxQueue how many may be active at once
   * @throws SyrinxError queue-full
   */
  enter(slot: string, maxQueue: number): ActiveRequest {
    const now = this.clock.monotonic();
    const tally = this.#tally(slot, now);
    tally.requests.add(now);
    if (tally.active < maxQueue) return new ActiveRequest(tally, this.clock);
    tally.failures.add(now);
    throw new SyrinxError(
      "queue-full",
      `${slot} has ${tally.active} utterances, and speech.maxQueue is ${maxQueue}`,
      { retryAfter: 1 },
    );
  }

  /** @param maxQueue how many may be active now */
  of(slot: string, maxQueue: number): SlotTraffic {
    const tally = this.#slots.get(slot);
    if (!tally) return { requestsPerSecond: 0, failedLastMinute: 0, active: 0, queued: 0, maxQueue };
    const now = this.clock.monotonic();
    const p95 = tally.firstAudio.percentile(now, 0.95);
    return {
      requestsPerSecond: tally.requests.total(now) / RATE_SECONDS,
      ...(p95 !== undefined && { firstAudioP95Ms: Math.round(p95 * 10) / 10 }),
      failedLastMinute: tally.failures.total(now),
      active: tally.active,
      queued: tally.queued,
      maxQueue,
    };
  }

  #tally(slot: string, now: number): Tally {
    const known = this.#slots.get(slot);
    if (known) return known;
    for (const [name, tally] of this.#slots) if (tally.isQuiet(now)) this.#slots.delete(name);
    const tally = new Tally();
    this.#slots.set(slot, tally);
    return tally;
  }
}

/** The numbers of one slot. */
class Tally {
  active = 0;
  queued = 0;
  readonly requests = new SlidingCounts(RATE);
  readonly failures = new SlidingCounts(FAILURES);
  readonly firstAudio = new SlidingDurations(MINUTE_MS);

  /** Whether all its numbers are 0. */
  isQuiet(now: number): boolean {
    const { active, requests, failures, firstAudio } = this;
    const counted = requests.total(now) + failures.total(now);
    return active === 0 && counted === 0 && firstAudio.percentile(now, 1) === undefined;
  }
}

/** One request that is served, or waits for its turn. */
export class ActiveRequest {
  readonly #tally: Tally;
  readonly #clock: Clock;
  readonly #enteredAt: number;
  #waits = true;
  #heard = false;
  #left = false;

  constructor(tally: Tally, clock: Clock) {
    this.#tally = tally;
    this.#clock = clock;
    this.#enteredAt = clock.monotonic();
    tally.active++;
    tally.queued++;
  }

  /** The voice began to speak it. Idempotent. */
  begun(): void {
    if (!this.#waits) return;
    this.#waits = false;
    this.#tally.queued--;
  }

  /** Its first audio is there. Only the first call counts. */
  heard(): void {
    if (this.#heard) return;
    this.#heard = true;
    const now = this.#clock.monotonic();
    this.#tally.firstAudio.add(now, now - this.#enteredAt);
  }

  /** It cannot be finished, and the client is not to blame. */
  failed(): void {
    this.#tally.failures.add(this.#clock.monotonic());
  }

  /** It has ended. Idempotent. */
  leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.begun();
    this.#tally.active--;
  }
}
