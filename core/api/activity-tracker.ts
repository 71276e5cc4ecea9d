/**
 * Tracks whether the engine works for its clients, or only waits for them to read a response or send a request.
 *
 * @module
 */
import type { Clock, Timer } from "../clock.ts";

export class ActivityTracker {
  #underWay = 0;
  /** When the last task ended, on the monotonic clock, in ms. */
  #restsSince = 0;

  constructor(private readonly clock: Clock) {}

  /** Runs `task` and counts it as work until it settles. @returns what `task` returns */
  async during<T>(task: () => T | Promise<T>): Promise<T> {
    this.#underWay++;
    try {
      return await task();
    } finally {
      this.#underWay--;
      this.#restsSince = this.clock.monotonic();
    }
  }

  /**
   * Calls `callback` once when no task has run for `ms` from now on.
   *
   * @returns a handle that cancels the call
   */
  whenAtRest(ms: number, callback: () => void): Pick<Timer, "cancel"> {
    let timer: Timer;
    const wait = (left: number) => {
      timer = this.clock.after(left, () => {
        const more = this.#underWay > 0 ? ms : this.#restsSince + ms - this.clock.monotonic();
        if (more > 0) wait(more);
        else callback();
      });
    };
    wait(ms);
    return { cancel: () => timer.cancel() };
  }
}
