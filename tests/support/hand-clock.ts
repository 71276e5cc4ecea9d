import type { Clock } from "../../core/clock.ts";
import { settled } from "./settled.ts";

/** A clock that stands still until it is told that time passes. */
export class HandClock implements Clock {
  readonly #timers = new Map<object, { at: number; callback: () => void }>();
  #waiting: (() => void)[] = [];
  #now: number;

  /** @param now ms since 1970 */
  constructor(now = 0) {
    this.#now = now;
  }

  now = () => this.#now;
  monotonic = () => this.#now;
  after = (ms: number, callback: () => void) => {
    const timer = {};
    this.#timers.set(timer, { at: this.#now + ms, callback });
    for (const wake of this.#waiting.splice(0)) wake();
    return { cancel: () => void this.#timers.delete(timer) };
  };

  get timers(): number {
    return this.#timers.size;
  }

  /** Resolves when there is a timer that has not gone off. */
  async timer(): Promise<void> {
    if (this.timers === 0) await new Promise<void>((wake) => this.#waiting.push(wake));
  }

  /** Lets time pass, in ms: what is due goes off in order, what that starts included. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at);
      if (!next) break;
      const [timer, { at, callback }] = next;
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, at);
      callback();
    }
    this.#now = end;
  }

  /** Runs all that is due now to its end: what waits for a timer of this clock goes on waiting. */
  settle(): Promise<void> {
    return settled();
  }
}
