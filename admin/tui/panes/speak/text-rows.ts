import { cells, type Field, type Line, printable, tone } from "../../screen/mod.ts";

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });

interface Character {
  readonly shown: string;
  readonly width: number;
  readonly isSpace: boolean;
  readonly hasCursor: boolean;
}

/**
 * @param width in cells
 * @param most rows; if there are more, those around the cursor are shown
 * @returns a text that is typed over several rows, broken at spaces where there are any, the cursor in reverse
 */
export function fieldRows({ text, at }: Field, width: number, most: number, hasCursor: boolean): Line[] {
  const rows = broken(charactersOf(text, hasCursor ? at : -1), width);
  const cursorRow = Math.max(
    0,
    rows.findIndex((row) => row.some((one) => one.hasCursor)),
  );
  const top = Math.max(0, Math.min(cursorRow - most + 1, rows.length - most));
  return rows.slice(top, top + most).map(lineOf);
}

function charactersOf(text: string, at: number): Character[] {
  const characters = [...GRAPHEMES.segment(text)].map(({ segment, index }): Character => {
    const shown = printable(segment);
    const hasCursor = at >= index && at < index + segment.length;
    return { shown, width: cells(shown), isSpace: /^\s$/.test(segment), hasCursor };
  });
  return at >= text.length
    ? [...characters, { shown: " ", width: 1, isSpace: true, hasCursor: true }]
    : characters;
}

function broken(characters: readonly Character[], width: number): Character[][] {
  const rows: Character[][] = [];
  let row: Character[] = [];
  let used = 0;
  for (const one of characters) {
    // A space at the end of a row does not begin another row.
    if (used + one.width > width && row.length > 0 && !one.isSpace) {
      const lastSpace = row.findLastIndex(({ isSpace }) => isSpace);
      // A word that is as long as the row is broken anywhere.
      const next = lastSpace < 0 ? [] : row.slice(lastSpace + 1);
      rows.push(row.slice(0, row.length - next.length));
      row = next;
      used = next.reduce((sum, { width: own }) => sum + own, 0);
    }
    row.push(one);
    used += one.width;
  }
  return [...rows, row];
}

function lineOf(row: readonly Character[]): Line {
  const cursor = row.findIndex(({ hasCursor }) => hasCursor);
  const textOf = (part: readonly Character[]) => part.map(({ shown }) => shown).join("");
  if (cursor < 0) return [textOf(row)];
  return [
    textOf(row.slice(0, cursor)),
    tone("selected", row[cursor]?.shown || " "),
    textOf(row.slice(cursor + 1)),
  ];
}
