import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  MAX_DEATHS,
  recentDeaths,
  restartDelay,
  WATCH_WINDOW_MS,
} from "../../../../../core/slots/lifecycle/restart-delay.ts";

describe("restarts", () => {
  test("the first is at once, and the wait doubles with each one after, until it is a crash loop", () => {
    const deaths = [100, 200, 300, 400, 500];
    const waits = deaths.map((_, index) => restartDelay(deaths.slice(0, index + 1)));
    expect(waits).toEqual([0, 250, 500, 1000, "crash-loop"]);
  });

  test("deaths of long ago do not count", () => {
    expect(restartDelay([0, 1, 2, 3, WATCH_WINDOW_MS + 3])).toBe(0);
    expect(restartDelay([0, 1, 2, 3, WATCH_WINDOW_MS + 2])).toBe(250);
  });

  test("a loop is given up after as many deaths as are allowed, and never before", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: WATCH_WINDOW_MS }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(gaps, (list) => {
        let now = 0;
        const deaths = list.map((gap) => (now += gap));
        const recent = deaths.filter((at) => now - at < WATCH_WINDOW_MS).length;
        expect(restartDelay(deaths) === "crash-loop").toBe(recent >= MAX_DEATHS);
        expect(recentDeaths(deaths, now)).toHaveLength(recent);
      }),
    );
  });
});
