import { describe, expect, test } from "bun:test";
import { servedAfterText, swapEndText, swapReasonText, waitsForText } from "../../../../admin/client/mod.ts";
import { endedRecord, swapRecord } from "../../core/cli/swap-records.ts";

const CANARY = { requests: 0, failed: 0, minRequests: 20, windowMs: 60_000 };

describe("a canary on trial", () => {
  test("says how many requests it waits for, and how many it had", () => {
    const waiting = swapRecord(["planned", "canary"], { canary: CANARY });
    expect(waitsForText(waiting)).toBe("waits for 20 requests, has 0");
    expect(waitsForText({ ...waiting, canary: { ...CANARY, requests: 3, maxWaitMs: 600_000 } })).toBe(
      "waits for 20 requests, has 3, at most 10 min",
    );
  });

  test("that had its requests waits for its window", () => {
    const record = swapRecord(["planned", "canary"], { canary: { ...CANARY, requests: 20 } });
    expect(waitsForText(record)).toBe("has had 20 requests, waits until 1 min is over");
  });

  test("waits for nothing once it is over, and says nothing if the engine told nothing", () => {
    expect(waitsForText(endedRecord(["canary", "routed"], { canary: CANARY }))).toBeUndefined();
    expect(waitsForText(swapRecord(["canary"]))).toBeUndefined();
  });
});

test("a swap serves from when it was routed, and not from when the old process was drained", () => {
  expect(servedAfterText(swapRecord(["planned", "routed", "draining", "done"]))).toBe("after 10 ms");
  expect(servedAfterText(swapRecord(["planned", "draining", "loading", "routed", "done"]))).toBe(
    "after 30 ms",
  );
});

test("a rollback says whether it was by hand or by itself", () => {
  const rolledBack = (by: "hand" | "watch") =>
    swapReasonText(swapRecord(["done"], { reason: "rollback", rolledBackBy: by }));
  expect([rolledBack("hand"), rolledBack("watch")]).toEqual(["rollback (hand)", "rollback (watch)"]);
  expect(swapReasonText(swapRecord(["done"], { reason: "rollback" }))).toBe("rollback");
  expect(swapEndText(swapRecord(["rolled-back"], { rolledBackBy: "canary" }))).toBe("rolled-back (canary)");
  expect(swapEndText(swapRecord(["done"], { reason: "rollback", rolledBackBy: "hand" }))).toBe("done");
});
