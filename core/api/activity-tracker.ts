/**
 * Whether the engine is at work for its clients, or waits for them: to take an answer, or to say what they want.
 *
 * @module
 */
import type { Clock, Timer } from "../clock.ts";

export class ActivityTracker {
  #underWay = 0;
  /** When the last of it was over, on the monotonic clock in ms. */
  #restsSince = 0;

  constructor(private readonly clock: Clock) {}

  /** @returns what `task` returns, which is at work until then */
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
   * Calls back, once, when from now on nothing was at work for so long.
   *
   * @returns what calls that off
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
