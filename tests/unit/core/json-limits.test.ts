import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { MAX_DEPTH, MAX_KEY, MAX_VALUES, overLimits, textOverLimits } from "../../../core/json-limits.ts";

const levels = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

describe("JSON from outside", () => {
  test("may have 64 levels, and no more", () => {
    expect(overLimits(JSON.parse(levels(MAX_DEPTH)))).toBeUndefined();
    expect(textOverLimits(levels(MAX_DEPTH))).toBeUndefined();
    expect(overLimits(JSON.parse(levels(MAX_DEPTH + 1)))).toBe("it is nested deeper than 64 levels");
    expect(textOverLimits(levels(MAX_DEPTH + 1))).toBe("it is nested deeper than 64 levels");
  });

  test("may have any number of brackets one after the other, and in strings", () => {
    expect(textOverLimits(JSON.stringify(Array(100).fill([])))).toBeUndefined();
    expect(textOverLimits(JSON.stringify(['"[{'.repeat(100), "\\\\", "[".repeat(100)]))).toBeUndefined();
  });

  test("may have 20,000 values, of all levels together, and keys of 1,000 characters", () => {
    expect(overLimits(Array(MAX_VALUES).fill(1))).toBeUndefined();
    expect(overLimits([Array(MAX_VALUES).fill(1)])).toBe("it has more than 20000 values");
    expect(overLimits({ ["k".repeat(MAX_KEY)]: 1 })).toBeUndefined();
    expect(overLimits({ ["k".repeat(MAX_KEY + 1)]: 1 })).toBe("it has a key of more than 1000 characters");
  });

  test("is refused for its many values before it is parsed, as far as its commas tell", () => {
    expect(textOverLimits(JSON.stringify(Array(MAX_VALUES).fill(0)))).toBeUndefined();
    expect(textOverLimits(JSON.stringify(Array(MAX_VALUES + 1).fill(0)))).toBe(
      "it has more than 20000 values",
    );
    expect(textOverLimits(JSON.stringify(Array(MAX_VALUES + 1).fill(0)), 40_000)).toBeUndefined();
    expect(textOverLimits(JSON.stringify(["a,b".repeat(MAX_VALUES)]))).toBeUndefined();
  });

  test("that may pass is never refused as text", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(20), (value, most) => {
        if (overLimits(value, most) === undefined)
          expect(textOverLimits(JSON.stringify(value), most)).toBeUndefined();
      }),
    );
  });

  test.each([1, "x", null, true, {}, []].map((value) => ({ value })))("may be %p", ({ value }) => {
    expect(overLimits(value)).toBeUndefined();
  });
});
