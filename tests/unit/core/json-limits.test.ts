import { describe, expect, test } from "bun:test";
import { isTextTooDeep, MAX_DEPTH, MAX_KEY, MAX_VALUES, overLimits } from "../../../core/json-limits.ts";

const levels = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

describe("JSON from outside", () => {
  test("may have 64 levels, and no more", () => {
    expect([overLimits(JSON.parse(levels(MAX_DEPTH))), isTextTooDeep(levels(MAX_DEPTH))]).toEqual([
      undefined,
      false,
    ]);
    expect(overLimits(JSON.parse(levels(MAX_DEPTH + 1)))).toBe("it is nested deeper than 64 levels");
    expect(isTextTooDeep(levels(MAX_DEPTH + 1))).toBe(true);
  });

  test("may have any number of brackets one after the other, and in strings", () => {
    expect(isTextTooDeep(JSON.stringify(Array(100).fill([])))).toBe(false);
    expect(isTextTooDeep(JSON.stringify(['"[{'.repeat(100), "\\\\", "[".repeat(100)]))).toBe(false);
  });

  test("may have 20,000 values, of all levels together, and keys of 1,000 characters", () => {
    expect(overLimits(Array(MAX_VALUES).fill(1))).toBeUndefined();
    expect(overLimits([Array(MAX_VALUES).fill(1)])).toBe("it has more than 20000 values");
    expect(overLimits({ ["k".repeat(MAX_KEY)]: 1 })).toBeUndefined();
    expect(overLimits({ ["k".repeat(MAX_KEY + 1)]: 1 })).toBe("it has a key of more than 1000 characters");
  });

  test.each([1, "x", null, true, {}, []].map((value) => ({ value })))("may be %p", ({ value }) => {
    expect(overLimits(value)).toBeUndefined();
  });
});
