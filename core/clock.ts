/**
 * Time as a value that callers pass in, so that tests need not wait.
 *
 * @module
 */

/** A running timer. `cancel` is idempotent. */
export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Wall clock, ms since 1970. */
  now(): number;
  /** Monotonic, ms, for intervals. */
  monotonic(): number;
  /** Calls `callback` once after `ms`. The timer alone does not keep the process alive. */
  after(ms: number, callback: () => void): Timer;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, callback) {
    const handle = setTimeout(callback, ms);
    handle.unref?.();
    return { cancel: () => clearTimeout(handle) };
  },
};

/** @returns the result of `promise`; rejects with `late()` if it takes longer than `ms` */
export function withDeadline<T>(
  clock: Clock,
  promise: Promise<T>,
  ms: number,
  late: () => Error,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = clock.after(ms, () => reject(late()));
    promise.then(resolve, reject).finally(() => timer.cancel());
  });
}
