import { describe, expect, test } from "bun:test";
import { LatestWinsQueue } from "../../../../core/config/latest-wins-queue.ts";

/** Turns whose tasks end when they are told to. */
function bench() {
  const queue = new LatestWinsQueue<string>("superseded");
  const ran: string[] = [];
  return {
    queue,
    ran,
    task(key: string, name: string) {
      const end = Promise.withResolvers<string>();
      const outcome = queue.take(key, () => {
        ran.push(name);
        return end.promise;
      });
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
});
