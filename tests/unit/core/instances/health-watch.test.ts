import { describe, expect, test } from "bun:test";
import type { Clock } from "../../../../core/clock.ts";
import { SyrinxError } from "../../../../core/errors.ts";
import { watchHealth } from "../../../../core/instances/health-watch.ts";
import { settled } from "../../../support/settled.ts";

/** A watched instance, and the timer that is to go off next. */
function watched() {
  const pending: { ms: number; callback: () => void }[] = [];
  const clock: Clock = {
    now: () => 0,
    monotonic: () => 0,
    after(ms, callback) {
      const timer = { ms, callback };
      pending.push(timer);
      return { cancel: () => void (pending.includes(timer) && pending.splice(pending.indexOf(timer), 1)) };
    },
  };
  const gone = Promise.withResolvers<SyrinxError>();
  const asked: number[] = [];
  const failures: SyrinxError[] = [];
  const instance = {
    answer: () => Promise.resolve() as Promise<void>,
    closed: false,
    gone: gone.promise,
    health(timeoutMs: number) {
      asked.push(timeoutMs);
      return this.answer();
    },
    fail(error: SyrinxError) {
      this.closed = true;
      failures.push(error);
    },
  };
  const timeouts = { healthIntervalMs: 5_000, healthMs: 10_000 };
  watchHealth(instance, { clock, timeouts });
  return {
    instance,
    timeouts,
    asked,
    failures,
    pending,
    leave: () => gone.resolve(new SyrinxError("plugin-crashed", "gone")),
    /** Lets the wait be over, and what follows from it. */
    async elapse() {
      pending.shift()?.callback();
      await settled();
    },
  };
}

describe("a process that serves", () => {
  test("is asked again after each answer, at the interval and with the deadline of the config of the moment", async () => {
    const watch = watched();
    expect(watch.asked).toEqual([]);
    await watch.elapse();
    watch.timeouts.healthIntervalMs = 100;
    watch.timeouts.healthMs = 200;
    await watch.elapse();
    expect(watch.asked).toEqual([10_000, 200]);
    expect(watch.pending.map(({ ms }) => ms)).toEqual([100]);
    expect(watch.failures).toEqual([]);
  });

  test("that does not answer in time is failed, once", async () => {
    const watch = watched();
    const late = new SyrinxError("plugin-timeout", "The plugin did not answer health within 10000 ms");
    watch.instance.answer = () => Promise.reject(late);
    await watch.elapse();
    expect(watch.failures).toEqual([late]);
    expect(watch.pending).toEqual([]);
  });

  test("that answers with an error answers", async () => {
    const watch = watched();
    watch.instance.answer = () => Promise.reject(new SyrinxError("plugin-failed", "what is health?"));
    await watch.elapse();
    expect(watch.failures).toEqual([]);
    expect(watch.pending.length).toBe(1);
  });

  test("is asked no more once it is gone, or is about to be", async () => {
    const leaving = watched();
    leaving.leave();
    await settled();
    expect(leaving.pending).toEqual([]);
    const closing = watched();
    closing.instance.closed = true;
    await closing.elapse();
    expect(closing.pending).toEqual([]);
  });
});
