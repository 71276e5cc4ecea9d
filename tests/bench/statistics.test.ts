import { expect, test } from "bun:test";
import { percentile, sampleOf, told } from "./statistics.ts";
import { texts } from "./texts.ts";

test("a percentile lies between the values that are nearest to it", () => {
  expect([0, 50, 95, 100].map((percent) => percentile([30, 10, 20, 40, 50], percent))).toEqual([
    10, 30, 48, 50,
  ]);
  expect(percentile([7], 95)).toBe(7);
  expect(() => percentile([], 50)).toThrow("one is needed");
});

test("a sample tells its median and how far it is spread", () => {
  expect(told(sampleOf([1.25, 0.5, 1]))).toBe("1.00 (0.50 to 1.25)");
});

test("the same seed gives the same texts, and hardly any text comes twice", () => {
  const first = (seed: number) => texts(seed).take(900).toArray();
  expect(first(3)).toEqual(first(3));
  expect(new Set([...first(1), ...first(2)]).size).toBeGreaterThan(1_750);
});
