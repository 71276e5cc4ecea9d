import { describe, expect, test } from "bun:test";
import {
  type Column,
  glyphsFor,
  lineCells,
  tableLines,
  textOf,
  tone,
} from "../../../../../admin/tui/screen/mod.ts";

interface Bird {
  name: string;
  song: string;
  grams: number;
}

const BIRDS: Bird[] = [
  { name: "画眉", song: "long", grams: 70 },
  { name: "wren", song: "loud", grams: 9 },
];
const COLUMNS: Column<Bird>[] = [
  { title: "NAME", cell: ({ name }) => name },
  { title: "SONG", cell: ({ song }) => tone("good", song), drop: 1 },
  { title: "G", cell: ({ grams }) => String(grams), align: "right" },
];
const ASCII = glyphsFor({});

function table(columns: number, chosen = 1): string[] {
  return tableLines(COLUMNS, BIRDS, { chosen, top: 0, rows: 5 }, columns, ASCII).map(textOf);
}

describe("a table", () => {
  test("aligns its columns, wide characters too", () => {
    expect(table(40).map((line) => line.trimEnd())).toEqual([
      " NAME  SONG   G",
      " 画眉  long  70",
      ">wren  loud   9",
    ]);
  });

  test("marks the chosen row with a sign, because there may be no colours", () => {
    const [, first = ""] = table(40, 0);
    expect(first).toStartWith(">");
    expect(tableLines(COLUMNS, BIRDS, { chosen: 0, top: 0, rows: 5 }, 40, ASCII)[1]).toEqual([
      { tone: "selected", text: `>画眉  long  70${" ".repeat(25)}` },
    ]);
  });

  test("drops optional columns if there is no room", () => {
    expect(table(12)[0]).toBe(" NAME   G");
  });

  test("cuts columns that are not optional", () => {
    for (const line of tableLines(COLUMNS, BIRDS, { chosen: 1, top: 0, rows: 5 }, 8, ASCII))
      expect(lineCells(line)).toBeLessThanOrEqual(8);
  });

  test("shows its window alone", () => {
    const lines = tableLines(COLUMNS, BIRDS, { chosen: 1, top: 1, rows: 1 }, 40, ASCII);
    expect(lines.map(textOf).map((line) => line.trim())).toEqual(["NAME  SONG   G", ">wren  loud   9"]);
  });

  test("gives the stretching column the space that the others leave", () => {
    const stretching = COLUMNS.map((column) =>
      column.title === "SONG" ? { ...column, stretch: { least: 4, most: 10 } } : column,
    );
    const head = (columns: number, items: readonly Bird[]) =>
      textOf(tableLines(stretching, items, { chosen: 1, top: 0, rows: 5 }, columns, ASCII)[0] ?? []);
    expect(head(40, BIRDS)).toBe(" NAME  SONG         G");
    expect(head(18, BIRDS)).toBe(" NAME  SONG      G");
    const longer = BIRDS.map((bird) => ({ ...bird, song: "a song without an end" }));
    expect(head(40, longer)).toBe(head(40, BIRDS));
    expect(head(12, BIRDS)).toBe(" NAME   G");
  });
});
