import { describe, expect, test } from "bun:test";
import { fieldRows } from "../../../../../admin/tui/panes/speak/text-rows.ts";
import { type Field, fieldOf, lineCells, spanOf, textOf } from "../../../../../admin/tui/screen/mod.ts";

const shown = (field: Field, width: number, most = 10, hasCursor = true) =>
  fieldRows(field, width, most, hasCursor).map(textOf);
const under = (field: Field, width: number) =>
  fieldRows(field, width, 10, true).flatMap((line) =>
    line.flatMap((part, at) =>
      spanOf(part).tone === "selected" ? [[spanOf(part).text, textOf(line.slice(0, at))]] : [],
    ),
  );

describe("a text that is typed over several rows", () => {
  test("is broken at spaces, and within a word that is longer than a row", () => {
    expect(shown(fieldOf("one two three"), 8, 10, false)).toEqual(["one two ", "three"]);
    expect(shown(fieldOf("onetwothree four"), 6, 10, false)).toEqual(["onetwo", "three ", "four"]);
  });

  test("has its cursor where the next character comes", () => {
    expect(under(fieldOf("one two"), 4)).toEqual([[" ", "two"]]);
    expect(under({ text: "one two", at: 4 }, 10)).toEqual([["t", "one "]]);
    expect(under(fieldOf(""), 10)).toEqual([[" ", ""]]);
  });

  test("counts cells: Chinese takes two, and is not cut through", () => {
    const rows = fieldRows(fieldOf("a你好世界"), 4, 10, false);
    expect(rows.map(textOf)).toEqual(["a你", "好世", "界"]);
    for (const row of rows) expect(lineCells(row)).toBeLessThanOrEqual(4);
  });

  test("shows the rows around the cursor, if it has more than there is room for", () => {
    const text = "aaaa bbbb cccc dddd";
    expect(shown(fieldOf(text), 5, 2)).toEqual(["cccc ", "dddd "]);
    expect(shown({ text, at: 0 }, 5, 2)).toEqual(["aaaa ", "bbbb "]);
  });
});
