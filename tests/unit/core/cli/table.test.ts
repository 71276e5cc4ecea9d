import { expect, test } from "bun:test";
import { tableText } from "../../../../core/cli/table.ts";

test("a table has columns as wide as they need, and no spaces at the end of a line", () => {
  expect(
    tableText(
      ["SLOT", "STATE", "RUNS"],
      [
        ["voices.slt", "ready", "piper@1.0.0"],
        ["a", "failed", ""],
      ],
    ),
  ).toBe(["SLOT        STATE   RUNS", "voices.slt  ready   piper@1.0.0", "a           failed"].join("\n"));
});

test("a table without rows is its headings", () => {
  expect(tableText(["A", "B"], [])).toBe("A  B");
});

test("cells are as wide as a terminal shows them: signs of two cells, accents of none, colours of none", () => {
  const rows = [
    ["한국", "x"],
    ["e\u0301e", "x"],
    ["\x1b[31mred\x1b[39m", "x"],
    ["four", "x"],
  ];
  const lines = tableText(["N", "X"], rows).split("\n");
  expect(lines.map((line) => Bun.stringWidth(line))).toEqual([7, 7, 7, 7, 7]);
});

test("a line break in a cell does not break the table", () => {
  expect(tableText(["WHY", "N"], [["too\n  loud", "1"]])).toBe("WHY       N\ntoo loud  1");
});
