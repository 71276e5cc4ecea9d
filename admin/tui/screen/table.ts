import type { Window } from "./cursor.ts";
import { cells, clip, clipMiddle, cutLine, lineCells, pad } from "./fit.ts";
import type { Glyphs } from "./glyphs.ts";
import { type Line, type Part, spanOf, tone } from "./line.ts";

export interface Column<T> {
  readonly title: string;
  cell(item: T): Part | Line;
  readonly align?: "left" | "right";
  /** Cells at most; absent: as many as the widest needs. */
  readonly most?: number;
  /** Which part of a cell is cut if it is too long; absent: its end. */
  readonly cut?: "middle";
  /** The column with the highest number goes first if there is no room. Absent: it never goes. */
  readonly drop?: number;
  /** Takes the cells that the others leave, within these limits. So the width of its items does not move its neighbours. */
  readonly stretch?: { readonly least: number; readonly most: number };
}

const GAP = 2;

/**
 * @param columns the width of the table, in cells
 * @returns a line of headings, then a line for each item of the window, the chosen one marked
 */
export function tableLines<T>(
  table: readonly Column<T>[],
  items: readonly T[],
  window: Window,
  columns: number,
  glyphs: Glyphs,
): Line[] {
  const shown = items.slice(window.top, window.top + window.rows);
  const rows = shown.map((item) => new Map(table.map((column) => [column, lineOf(column.cell(item))])));
  // Widths are of all items, so that columns stay where they are while the list is scrolled.
  const wanted = new Map(table.map((column) => [column, widthOf(column, items)]));
  const kept = fitting(table, wanted, columns - 1);
  const head = kept.map((column) => pad(column.title, wanted.get(column) ?? 0, column.align, glyphs.more));
  return [
    [tone("dim", ` ${head.join(" ".repeat(GAP))}`)],
    ...rows.map((row, index) => {
      const isChosen = window.top + index === window.chosen;
      const line = kept.flatMap((column, at) => [
        ...(at > 0 ? [" ".repeat(GAP)] : []),
        ...cellLine(row.get(column) ?? [], wanted.get(column) ?? 0, column, glyphs),
      ]);
      return isChosen ? chosenLine(line, columns, glyphs) : [" ", ...line];
    }),
  ];
}

/** @returns the line as the chosen one of a list: with a mark, and in reverse */
export function chosenLine(line: Line, columns: number, glyphs: Glyphs): Line {
  const text = line.map((part) => spanOf(part).text).join("");
  return [tone("selected", pad(`${glyphs.cursor}${text}`, columns, "left", glyphs.more))];
}

function lineOf(cell: Part | Line): Line {
  return typeof cell === "string" || "text" in cell ? [cell] : cell;
}

function widthOf<T>(column: Column<T>, items: readonly T[]): number {
  const { title, most = Infinity, stretch } = column;
  if (stretch) return stretch.least;
  const widest = items.reduce(
    (most, item) => Math.max(most, lineCells(lineOf(column.cell(item)))),
    cells(title),
  );
  return Math.min(widest, most);
}

/** @returns the columns that there is room for. If need be the last one that never goes is made narrower */
function fitting<T>(
  table: readonly Column<T>[],
  wanted: Map<Column<T>, number>,
  columns: number,
): readonly Column<T>[] {
  let kept = table;
  const total = () => kept.reduce((sum, column) => sum + (wanted.get(column) ?? 0) + GAP, -GAP);
  while (total() > columns) {
    const droppable = kept.filter(({ drop }) => drop !== undefined);
    if (droppable.length === 0) break;
    const gone = droppable.reduce((a, b) => ((b.drop ?? 0) >= (a.drop ?? 0) ? b : a));
    kept = kept.filter((column) => column !== gone);
  }
  const last = kept.at(-1);
  if (last && total() > columns) wanted.set(last, Math.max(1, (wanted.get(last) ?? 0) - (total() - columns)));
  for (const column of kept) {
    const { least, most } = column.stretch ?? { least: 0, most: 0 };
    const spare = Math.min(columns - total(), most - least);
    if (spare > 0) wanted.set(column, least + spare);
  }
  return kept;
}

function cellLine<T>(
  line: Line,
  width: number,
  { align = "left", cut }: Pick<Column<T>, "align" | "cut">,
  glyphs: Glyphs,
): Line {
  const own = lineCells(line);
  if (own > width) {
    const [only] = line;
    if (line.length === 1 && only !== undefined) {
      const { text, tone } = spanOf(only);
      const clipped = cut === "middle" ? clipMiddle : clip;
      return [{ text: pad(clipped(text, width, glyphs.more), width), tone }];
    }
    return cutLine(line, 0, width);
  }
  const space = " ".repeat(width - own);
  return align === "left" ? [...line, space] : [space, ...line];
}
