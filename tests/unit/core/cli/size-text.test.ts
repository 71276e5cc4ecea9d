import { expect, test } from "bun:test";
import { sizeText } from "../../../../core/cli/size-text.ts";

test.each([
  [0, "0 MB"],
  [4_700_000, "4.7 MB"],
  [9_949_999, "9.9 MB"],
  [9_960_000, "10 MB"],
  [312_400_000, "312 MB"],
  [999_499_999, "999 MB"],
  [999_500_000, "1.0 GB"],
  [85_899_345_920, "85.9 GB"],
])("%d bytes are told as %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
