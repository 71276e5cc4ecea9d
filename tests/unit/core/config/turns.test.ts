import { describe, expect, test } from "bun:test";
import { Turns } from "../../../../core/config/turns.ts";

/** Turns whose tasks end when they are told to. */
function bench() {
  const turns = new Turns<string>("superseded");
  const ran: string[] = [];
  return {
    turns,
    ran,
    task(key: string, name: string) {
      const end = Promise.withResolvers<string>();
      const outcome = turns.take(key, () => {
        ran.push(name);
        return end.promise;
      });
      return { outcome, end: () => end.resolve(`${name} done`), fail: () => end.reject(new Error(name)) };
    },
  };
}

describe("turns", () => {
  test("are taken one at a time, in the order in which they were asked for", async () => {
    const { task, ran } = bench();
    const [a, b] = [task("a", "a1"), task("b", "b1")];
    expect(ran).toEqual(["a1"]);
    a.end();
    expect(await a.outcome).toBe("a1 done");
    b.end();
    expect(await b.outcome).toBe("b1 done");
    expect(ran).toEqual(["a1", "b1"]);
  });

  test("of one key that wait are superseded by the newest, and one that has begun is not", async () => {
    const { task, turns, ran } = bench();
    const [first, second, other, third] = [
      task("a", "a1"),
      task("a", "a2"),
      task("b", "b1"),
      task("a", "a3"),
    ];
    expect(turns.waits("a")).toBe(true);
    expect(await second.outcome).toBe("superseded");
    for (const one of [first, other, third]) one.end();
    expect(await first.outcome).toBe("a1 done");
    expect(await third.outcome).toBe("a3 done");
    expect(ran).toEqual(["a1", "b1", "a3"]);
    expect(turns.waits("a")).toBe(false);
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
