import { describe, expect, test } from "bun:test";
import { LatestWinsQueue } from "../../../../core/config/latest-wins-queue.ts";

/** Turns whose tasks end when they are told to. */
function bench() {
  const queue = new LatestWinsQueue<string>("superseded");
  const ran: string[] = [];
  return {
    queue,
    ran,
    task(key: string, name: string, giveUp?: AbortSignal) {
      const end = Promise.withResolvers<string>();
      const run = () => {
        ran.push(name);
        return end.promise;
      };
      const outcome = queue.take(key, run, giveUp);
      return { outcome, end: () => end.resolve(`${name} done`), fail: () => end.reject(new Error(name)) };
    },
  };
}

describe("queue", () => {
  test("run one at a time, in the order in which they were added", async () => {
    const { task, ran } = bench();
    const [a, b] = [task("a", "a1"), task("b", "b1")];
    expect(ran).toEqual(["a1"]);
    a.end();
    expect(await a.outcome).toBe("a1 done");
    b.end();
    expect(await b.outcome).toBe("b1 done");
    expect(ran).toEqual(["a1", "b1"]);
  });

  test("that wait are superseded by the newest of their key, but not a task that has begun", async () => {
    const { task, queue, ran } = bench();
    const [first, second, other, third] = [
      task("a", "a1"),
      task("a", "a2"),
      task("b", "b1"),
      task("a", "a3"),
    ];
    expect(queue.waits("a")).toBe(true);
    expect(await second.outcome).toBe("superseded");
    for (const one of [first, other, third]) one.end();
    expect(await first.outcome).toBe("a1 done");
    expect(await third.outcome).toBe("a3 done");
    expect(ran).toEqual(["a1", "b1", "a3"]);
    expect(queue.waits("a")).toBe(false);
  });

  test("go on after a task that failed", async () => {
    const { task } = bench();
    const [bad, good] = [task("a", "a1"), task("b", "b1")];
    bad.fail();
    await expect(bad.outcome).rejects.toThrow("a1");
    good.end();
    expect(await good.outcome).toBe("b1 done");
  });

  test("that wait can be given up, and then never run; one that has begun goes on", async () => {
    const { task, queue, ran } = bench();
    const [early, late] = [new AbortController(), new AbortController()];
    const first = task("a", "a1", late.signal);
    const second = task("b", "b1", early.signal);
    early.abort(new Error("too late"));
    late.abort(new Error("too late"));
    await expect(second.outcome).rejects.toThrow("too late");
    expect(queue.waits("b")).toBe(false);
    await expect(task("b", "b2", early.signal).outcome).rejects.toThrow("too late");
    const third = task("b", "b3");
    for (const one of [first, third]) one.end();
    expect([await first.outcome, await third.outcome]).toEqual(["a1 done", "b3 done"]);
    expect(ran).toEqual(["a1", "b3"]);
  });
});
