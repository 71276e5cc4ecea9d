import { describe, expect, test } from "bun:test";
import { type Threads, ThreadTrial } from "../../../../plugins/piper/thread-trial.ts";

/** Runs sentences as the trial asks for them. `ms` says how long a run takes. @returns which were asked for */
function tryOut(trial: ThreadTrial, count: number, ms: (threads: Threads, run: number) => number): Threads[] {
  const asked: Threads[] = [];
  for (let run = 0; run < count; run++) {
    const threads = trial.next;
    asked.push(threads);
    // Each sentence has another length.
    const samples = 16_000 + run * 1_000;
    trial.add(threads, (ms(threads, run) * samples) / 16_000, samples);
  }
  return asked;
}

describe("a trial of threads", () => {
  test("measures both kinds in turns, and then keeps to the faster one", () => {
    const trial = new ThreadTrial();
    const asked = tryOut(trial, 12, (threads) => (threads === "several" ? 60 : 100));
    expect(asked.slice(0, 7)).toContain("one");
    expect(trial.verdict).toBe("several");
    expect(new Set(asked.slice(7))).toEqual(new Set(["several"]));
  });

  test("keeps to one thread if several gain next to nothing for their CPU time", () => {
    const trial = new ThreadTrial();
    const asked = tryOut(trial, 12, (threads) => (threads === "several" ? 98 : 100));
    expect(trial.verdict).toBe("one");
    expect(new Set(asked.slice(7))).toEqual(new Set(["one"]));
  });

  test("is not misled by the first run of several threads, nor by runs that others disturbed", () => {
    const trial = new ThreadTrial();
    let several = 0;
    tryOut(trial, 7, (threads, run) => {
      if (threads === "one") return 100;
      return [900, 60, 400, 300][several++] ?? run;
    });
    expect(trial.verdict).toBe("several");
  });

  test("is open as long as a kind was not measured often enough", () => {
    const trial = new ThreadTrial();
    tryOut(trial, 6, () => 100);
    expect(trial.verdict).toBeUndefined();
  });
});
