import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { hasFailed, Trial } from "../../../../core/slots/trial.ts";
import { HandClock } from "../../../support/hand-clock.ts";

const RULES = { windowMs: 10_000, minRequests: 4, maxErrorRate: 0.5 };

function trial(untilUsed: boolean) {
  const clock = new HandClock();
  const verdicts: string[] = [];
  const running = new Trial({
    rules: RULES,
    clock,
    untilUsed,
    failed: (detail) => verdicts.push(`failed: ${detail}`),
    passed: (detail) => verdicts.push(`passed: ${detail}`),
  });
  const count = (...oks: boolean[]) => {
    for (const ok of oks) running.count(ok);
  };
  return { clock, verdicts, running, count };
}

describe("a generation on trial", () => {
  test("passes when its window is over and few enough failed", () => {
    const { clock, verdicts, count } = trial(false);
    count(true, false);
    clock.pass(9_999);
    expect(verdicts).toEqual([]);
    clock.pass(1);
    expect(verdicts).toEqual(["passed: 1 of 2 utterances failed in 10 s or more"]);
  });

  test("fails as soon as too many have failed, and is judged once", () => {
    const { clock, verdicts, count } = trial(false);
    count(false, false);
    expect(verdicts).toEqual([]);
    count(false, false, false);
    clock.pass(10_000);
    expect(verdicts).toEqual(["failed: 3 of 3 utterances failed"]);
    expect(clock.timers).toBe(0);
  });

  test("that nobody used does not pass before somebody did, if it has to be used", () => {
    const { clock, verdicts, count } = trial(true);
    clock.pass(60_000);
    count(true, true, true);
    expect(verdicts).toEqual([]);
    count(true);
    expect(verdicts).toEqual(["passed: 0 of 4 utterances failed in 10 s or more"]);
  });

  test("that has ended is not judged", () => {
    const { clock, verdicts, running, count } = trial(false);
    running.end();
    count(false, false, false);
    clock.pass(10_000);
    expect(verdicts).toEqual([]);
  });
});

test("too many have failed exactly when success of all that is left of the fewest requests would not help", () => {
  const counts = fc.record({ requests: fc.nat(50), failed: fc.nat(50) });
  const rules = fc.record({
    windowMs: fc.constant(0),
    minRequests: fc.nat(50),
    maxErrorRate: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(counts, rules, ({ requests, failed }, limits) => {
      const made = Math.max(requests, failed);
      const best = failed / Math.max(made, limits.minRequests, 1);
      expect(hasFailed({ requests: made, failed }, limits)).toBe(failed > 0 && best > limits.maxErrorRate);
    }),
  );
});
