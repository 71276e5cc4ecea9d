import { expect, test } from "bun:test";
import { bytesText, comparedBytes } from "../../../../core/devices/placement-text.ts";

test("sizes have the decimal units of disks and budgets", () => {
  expect([0, 320e6, 999.4e6, 999.6e6, 6e9, 23.95e9].map((bytes) => bytesText(bytes))).toEqual([
    "0 MB",
    "320 MB",
    "999 MB",
    "1.0 GB",
    "6.0 GB",
    "23.9 GB",
  ]);
});

test("two sizes that differ never look the same", () => {
  expect(comparedBytes(6.01e9, 6.04e9)).toEqual(["6.01 GB", "6.04 GB"]);
  expect(comparedBytes(6.001e9, 6.002e9)).toEqual(["6.001 GB", "6.002 GB"]);
  expect(comparedBytes(3e9, 6e9)).toEqual(["3.0 GB", "6.0 GB"]);
});
