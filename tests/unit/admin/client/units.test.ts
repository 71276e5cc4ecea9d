import { describe, expect, test } from "bun:test";
import { bytesText, spanText, tookText } from "../../../../admin/client/mod.ts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_200, "1.2 kB"],
  [999_499, "999 kB"],
  [4_700_000, "4.7 MB"],
  [9_949_999, "9.9 MB"],
  [9_960_000, "10 MB"],
  [312_400_000, "312 MB"],
  [999_499_999, "999 MB"],
  [999_500_000, "1.0 GB"],
  [85_899_345_920, "85.9 GB"],
  [2_500_000_000_000, "2.5 TB"],
  [4_000_000_000_000_000, "4000.0 TB"],
])("%d bytes are shown as %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

describe("a time", () => {
  test.each([
    [0.4, "0 ms"],
    [480.4, "480 ms"],
    [999.4, "999 ms"],
    [999.6, "1.00 s"],
    [2_314, "2.31 s"],
  ])("of %d ms that something took is shown as %s", (ms, text) => {
    expect(tookText(ms)).toBe(text);
  });

  test.each([
    [-1, "0 s"],
    [59_999, "59 s"],
    [60_000, "1 min"],
    [3 * 3_600_000 + 12 * 60_000, "3 h 12 min"],
    [2 * 86_400_000 + 3_600_000, "2 d 1 h"],
  ])("span of %d ms is shown as %s", (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });
});
