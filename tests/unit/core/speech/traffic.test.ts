import { describe, expect, test } from "bun:test";
import { Traffic } from "../../../../core/speech/traffic.ts";
import { HandClock } from "../../../support/hand-clock.ts";

const SLOT = "voices.a";
const QUIET = { requestsPerSecond: 0, failedLastMinute: 0, active: 0, queued: 0, maxQueue: 2 };

function begin() {
  const clock = new HandClock(5_000);
  const traffic = new Traffic(clock);
  return { clock, traffic, enter: () => traffic.enter(SLOT, 2), now: () => traffic.of(SLOT, 2) };
}

describe("the traffic of a slot", () => {
  test("is none where nobody has asked", () => {
    const { traffic, now } = begin();
    expect(now()).toEqual(QUIET);
    expect(traffic.requestsPerSecond).toBe(0);
  });

  test("follows an utterance from the queue to its end, whatever is said twice", () => {
    const { clock, enter, now } = begin();
    const active = enter();
    expect(now()).toMatchObject({ active: 1, queued: 1 });
    expect(now().firstAudioP95Ms).toBeUndefined();
    clock.pass(30);
    for (const _ of [1, 2]) active.begun();
    expect(now()).toMatchObject({ active: 1, queued: 0 });
    clock.pass(20);
    for (const _ of [1, 2]) {
      active.heard();
      expect(now().firstAudioP95Ms).toBeWithin(48.5, 51.5);
      clock.pass(1_000);
    }
    for (const _ of [1, 2]) active.leave();
    expect(now()).toMatchObject({ ...QUIET, requestsPerSecond: 0.1 });
  });

  test("has nobody left in the queue who went away there, and no first audio of them", () => {
    const { enter, now } = begin();
    enter().leave();
    expect(now()).toEqual({ ...QUIET, requestsPerSecond: 0.1 });
  });

  test("has requests of the last 10 s, and failures of the last minute, those those that were refused included", () => {
    const { clock, traffic, enter, now } = begin();
    const requests = [enter(), enter()];
    expect(enter).toThrow(
      expect.objectContaining({
        code: "queue-full",
        retryAfter: 1,
        message: "voices.a has 2 utterances, and speech.maxQueue is 2",
      }),
    );
    traffic.enter("voices.b", 2).leave();
    requests[0]?.failed();
    for (const active of requests) active.leave();
    expect(now()).toEqual({ ...QUIET, requestsPerSecond: 0.3, failedLastMinute: 2 });
    expect(traffic.requestsPerSecond).toBe(0.4);
    clock.pass(10_000);
    expect(now()).toEqual({ ...QUIET, failedLastMinute: 2 });
    expect(traffic.requestsPerSecond).toBe(0);
    clock.pass(50_000);
    expect(now()).toEqual(QUIET);
  });

  test("takes no more memory after a million requests than after one, nor for slots that came and went", () => {
    const { clock, traffic, enter, now } = begin();
    const speak = () => {
      const active = enter();
      active.begun();
      active.heard();
      active.leave();
    };
    speak();
    Bun.gc(true);
    const before = process.memoryUsage.rss();
    for (let i = 0; i < 1_000_000; i++) speak();
    for (let i = 0; i < 20_000; i++) {
      traffic.enter(`voices.v${i}`, 2).leave();
      clock.pass(60_000);
    }
    Bun.gc(true);
    // 20,000 slots that are kept would be 280 MB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(100e6);
    expect(now()).toEqual(QUIET);
  });
});
