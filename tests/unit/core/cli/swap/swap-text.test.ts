import { describe, expect, test } from "bun:test";
import {
  acceptedText,
  endText,
  failureOf,
  isAsAsked,
  notDone,
} from "../../../../../core/cli/swap/swap-text.ts";
import { SyrinxError } from "../../../../../core/errors.ts";
import type { SlotView } from "../../../../../schemas/generated/api.ts";
import { endedRecord, ID, NEW, OLD, swapRecord } from "../swap-records.ts";

const DONE = ["planned", "routed", "draining", "done"] as const;
const TAKEN_BACK = ["planned", "canary", "rolled-back"] as const;

describe("a swap that ended as it was asked to", () => {
  test("says what serves, as which generation and after how long: the drain of the old one does not count", () => {
    expect(endText("swap", endedRecord(DONE, { generation: 7 }))).toBe(
      "piper@1.0.0+tiny@2.0.0 serves as generation 7, after 10 ms",
    );
  });

  test("says of a rollback that it serves again, and of a promotion what every swap says", () => {
    const record = endedRecord(DONE, { reason: "rollback", generation: 8, from: NEW, to: OLD });
    expect(endText("rollback", record)).toBe("tone@1.0.0 serves again as generation 8, after 10 ms");
    expect(endText("promote", endedRecord(DONE, { generation: 8 }))).toContain(" serves as generation 8, ");
  });

  test("says of an unload what was unloaded", () => {
    expect(endText("unload", endedRecord(["planned", "draining", "done"], { to: null }))).toBe(
      "tone@1.0.0 was unloaded, after 20 ms",
    );
  });

  test("says of a canary that was rolled back what keeps serving", () => {
    expect(endText("abort", endedRecord(TAKEN_BACK))).toBe(
      "piper@1.0.0+tiny@2.0.0 was rolled back after 20 ms; tone@1.0.0 keeps serving",
    );
    expect(endText("abort", endedRecord(TAKEN_BACK, { from: null }))).toEndWith("; nothing serves");
  });
});

test("a canary that failed on trial failed as a canary, though its utterances were drained after that", () => {
  const error = { code: "too-many-errors", message: "3 of 20 requests failed" };
  const record = endedRecord(["planned", "probing", "canary", "draining", "rolled-back"], { error });
  expect(failureOf(record).message).toBe("while it was canary: 3 of 20 requests failed");
});

test("a canary that is rolled back is a failure, unless the user requested that", () => {
  const [done, back] = [endedRecord(DONE), endedRecord(TAKEN_BACK)];
  for (const action of ["swap", "reload", "rollback", "unload", "load", "promote"] as const)
    expect([isAsAsked(action, done), isAsAsked(action, back)]).toEqual([true, false]);
  expect([isAsAsked("abort", done), isAsAsked("abort", back)]).toEqual([false, true]);
  const failed = endedRecord(["planned", "loading", "failed"]);
  expect([isAsAsked("swap", failed), isAsAsked("abort", failed)]).toEqual([false, true]);
});

test("a canary that somebody aborted by hand is no failure of the swap, and did not end as promised to a promotion", () => {
  const aborted = endedRecord(TAKEN_BACK, {
    error: { code: "swap-aborted", message: "It was aborted by hand" },
  });
  expect([isAsAsked("swap", aborted), isAsAsked("promote", aborted)]).toEqual([true, false]);
  expect(endText("swap", aborted)).toBe(
    "piper@1.0.0+tiny@2.0.0 was rolled back by hand after 20 ms; tone@1.0.0 keeps serving",
  );
});

test("a swap that nobody waits for is told by its id", () => {
  expect(acceptedText("unload", swapRecord(["planned"]))).toBe(`swap ${ID} was accepted`);
  expect(acceptedText("promote", swapRecord(["canary"]))).toBe(`swap ${ID} is to be promoted`);
  expect(acceptedText("abort", swapRecord(["canary"]))).toBe(`swap ${ID} is to be rolled back`);
});

describe("a swap that did not end as it was asked to", () => {
  const error = { code: "probe-failed", message: "it was silent" };
  const ready = { state: "ready", running: OLD } as SlotView;

  test("says at which stage, why, and what serves", () => {
    const reason = failureOf(endedRecord(["planned", "probing", "failed"], { error }));
    expect(notDone("swap", "voices.tone", reason, ready)).toMatchObject({
      code: "probe-failed",
      message: "voices.tone was not swapped: while it was probing: it was silent. tone@1.0.0 keeps serving",
    });
  });

  test("says of a canary that it was rolled back by itself", () => {
    const reason = failureOf(
      endedRecord(TAKEN_BACK, { error: { code: "of-tomorrow", message: "3 of 20 requests failed" } }),
    );
    expect(notDone("swap", "voices.tone", reason, ready)).toMatchObject({
      code: "plugin-failed",
      message:
        "voices.tone was not swapped: while it was canary: 3 of 20 requests failed. tone@1.0.0 keeps serving",
    });
  });

  test("is told in the words of what was requested, with the slot's state where nothing serves", () => {
    const why = new SyrinxError("swap-busy", "why");
    const stopped = { state: "stopped", running: null } as unknown as SlotView;
    const told = (action: Parameters<typeof notDone>[0]) =>
      notDone(action, "voices.tone", why, stopped).message;
    expect(told("rollback")).toBe("voices.tone was not rolled back: why. The slot is stopped");
    expect(told("unload")).toStartWith("voices.tone was not unloaded: ");
    expect(told("load")).toStartWith("voices.tone was not loaded: ");
    expect(told("promote")).toStartWith("voices.tone was not promoted: ");
    expect(told("abort")).toStartWith("voices.tone was not rolled back: ");
    expect(notDone("load", "voices.tone", why, undefined).message).toBe("voices.tone was not loaded: why");
    expect(failureOf(endedRecord(DONE)).message).toBe("The swap was done");
  });
});
