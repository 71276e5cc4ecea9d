import { describe, expect, test } from "bun:test";
import { inTime, until } from "./until.ts";

describe("a wait", () => {
  test("ends with the first value that will do", async () => {
    let looks = 0;
    expect(await until("there are three", () => ++looks, { is: (count) => count === 3 })).toBe(3);
    expect(await until("there is a word", async () => [undefined, "", "word"][looks++ - 3])).toBe("word");
  });

  test("fails after its deadline, with what it waited for and the last value", async () => {
    const waiting = until("the voice is ready", () => ({ state: "loading" }), {
      is: ({ state }) => state === "ready",
      deadlineMs: 20,
    });
    await expect(waiting).rejects.toThrow(
      /^Waited 0\.02 s until the voice is ready\. The last value: \{\s+state: "loading",\s+\}$/,
    );
  });

  test("fails after its deadline although a look never ends", async () => {
    const never = new Promise<boolean>(() => {});
    await expect(until("it answers", () => never, { deadlineMs: 20 })).rejects.toThrow(
      "Waited 0.02 s until it answers. The last value: none, as the first look is not over",
    );
    await expect(inTime("the event", never, 20)).rejects.toThrow("Waited 0.02 s until the event.");
  });

  test("looks again when an event says so, and misses none that comes while it looks", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let isThere = false;
    const waiting = until(
      "it is there",
      async () => {
        const before = isThere;
        isThere = true;
        resolve();
        return before;
      },
      { next: () => promise },
    );
    expect(await waiting).toBe(true);
  });

  test("ends with the error of a look that fails", async () => {
    const failing = until("it answers", () => Promise.reject(new Error("no such slot")));
    await expect(failing).rejects.toThrow("no such slot");
  });
});
