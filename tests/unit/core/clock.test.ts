import { describe, expect, test } from "bun:test";
import { type Clock, systemClock, withDeadline } from "../../../core/clock.ts";
import { settled } from "../../support/settled.ts";
import { inTime } from "../../support/until.ts";

/** A clock whose one timer goes off when the test says so. */
function handClock() {
  const timers: { ms: number; callback: () => void; cancelled: boolean }[] = [];
  const clock: Clock = {
    now: () => 0,
    monotonic: () => 0,
    after(ms, callback) {
      const timer = { ms, callback, cancelled: false };
      timers.push(timer);
      return { cancel: () => (timer.cancelled = true) };
    },
  };
  return { clock, timers };
}

describe("a deadline", () => {
  test("lets through what comes in time, and its timer is gone then", async () => {
    const { clock, timers } = handClock();
    expect(await withDeadline(clock, Promise.resolve(7), 100, () => new Error("late"))).toBe(7);
    await settled();
    expect(timers).toMatchObject([{ ms: 100, cancelled: true }]);
  });

  test("lets through a failure that comes in time", async () => {
    const { clock, timers } = handClock();
    const failing = withDeadline(clock, Promise.reject(new Error("no")), 100, () => new Error("late"));
    await expect(failing).rejects.toThrow("no");
    await settled();
    expect(timers[0]?.cancelled).toBe(true);
  });

  test("fails with the error that was requested when it has passed, and what comes after changes nothing", async () => {
    const { clock, timers } = handClock();
    const slow = Promise.withResolvers<number>();
    const waiting = withDeadline(clock, slow.promise, 100, () => new Error("late"));
    timers[0]?.callback();
    slow.reject(new Error("too late to matter"));
    await expect(waiting).rejects.toThrow("late");
  });
});

describe("the system's clock", () => {
  test("calls once after the time, and not at all if it is cancelled", async () => {
    const called: string[] = [];
    const kept = Promise.withResolvers<void>();
    systemClock.after(1, () => called.push("cancelled")).cancel();
    systemClock.after(5, () => {
      called.push("kept");
      kept.resolve();
    });
    await inTime("the timer goes off", kept.promise);
    expect(called).toEqual(["kept"]);
  });

  test("never goes back for intervals", () => {
    const first = systemClock.monotonic();
    expect(systemClock.monotonic()).toBeGreaterThanOrEqual(first);
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000);
  });
});
