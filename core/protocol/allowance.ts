import type { Clock } from "../clock.ts";

/** How much of something there may be. */
export interface Rate {
  /** At once. */
  readonly most: number;
  /** And then in each second. */
  readonly perSecond: number;
}

/** An amount that is spent, and comes back with time: a token bucket (RFC 2697 has such meters). */
export class Allowance {
  #left: number;
  #at: number;

  constructor(
    private readonly rate: Rate,
    private readonly clock: Clock,
  ) {
    this.#left = rate.most;
    this.#at = clock.monotonic();
  }

  /** @returns whether there was enough; if not, nothing is spent */
  spend(amount: number): boolean {
    const now = this.clock.monotonic();
    const back = ((now - this.#at) / 1_000) * this.rate.perSecond;
    this.#left = Math.min(this.rate.most, this.#left + back);
    this.#at = now;
    if (this.#left < amount) return false;
    this.#left -= amount;
    return true;
  }
}
