import {
  type Column,
  cells,
  chosenLine,
  type Glyphs,
  type Line,
  type Part,
  type Tone,
  tableLines,
  tone,
  type Window,
} from "../../screen/mod.ts";
import { DEFAULT, OVERRIDE, PIN } from "./entries.ts";
import { type Row, type SourceStatus, settersIn, type TreeRow, valueText } from "./rows.ts";

const INDENT = "  ";
/** Cells of the table that are no column: the cursor's, and the gaps between the columns. */
const BETWEEN = 5;
/** Largest share of the columns for names. */
const NAMES = 0.5;

/** @returns lines of what was rejected, then a line of headings, then a line for each row of the tree; those in the window */
export function rowLines(rows: readonly Row[], window: Window, columns: number, glyphs: Glyphs): Line[] {
  const tree = rows.filter((row) => row.kind !== "rejected");
  const before = rows.length - tree.length;
  const shown = Math.max(0, Math.min(window.rows, before - window.top));
  const rejections = rows.slice(window.top, window.top + shown).flatMap((row, index): Line[] => {
    if (row.kind !== "rejected") return [];
    const line: Line = [tone("bad", rejectionText(row.source, glyphs))];
    const isChosen = window.top + index === window.chosen;
    return [isChosen ? chosenLine(line, columns, glyphs) : [" ", ...line]];
  });
  const rest = {
    chosen: window.chosen - before,
    top: Math.max(0, window.top - before),
    rows: window.rows - shown,
  };
  return [...rejections, ...treeLines(tree, rest, columns, glyphs)];
}

function treeLines(rows: readonly TreeRow[], window: Window, columns: number, glyphs: Glyphs): Line[] {
  const names = widest(
    rows.map((row) => nameOf(row, glyphs)),
    "SETTING",
    Math.floor(columns * NAMES),
  );
  const setters = widest(rows.map(setterOf), "SET BY", Math.floor(columns / 4));
  const table: Column<TreeRow>[] = [
    {
      title: "SETTING",
      cell: (row) => (row.kind === "branch" ? tone("strong", nameOf(row, glyphs)) : nameOf(row, glyphs)),
      most: names,
    },
    { title: "VALUE", cell: valueOf, most: Math.max(5, columns - BETWEEN - names - setters) },
    { title: "SET BY", cell: (row) => tone(setterTone(setterOf(row)), setterOf(row)), most: setters },
  ];
  return tableLines(table, rows, window, columns, glyphs);
}

/** The first problem and its position, in few words. Enter shows all of them. */
function rejectionText({ name, problems }: SourceStatus, { bad }: Glyphs): string {
  const [first] = problems;
  if (!first) return `${bad} ${name} rejected`;
  const { origin = "", line, column, pointer, message } = first;
  const place = line === undefined ? pointer : [origin.split("/").at(-1), line, column].join(":");
  const more = problems.length > 1 ? `  (1 of ${problems.length})` : "";
  return `${bad} ${name} rejected: ${place === "" ? "" : `${place} `}${message}${more}`;
}

function nameOf(row: TreeRow, glyphs: Glyphs): string {
  const indent = INDENT.repeat(row.depth);
  if (row.kind === "leaf") return `${indent}${row.depth > 0 ? INDENT : ""}${row.name}`;
  return `${indent}${row.isOpen ? glyphs.open : glyphs.closed} ${row.entry.key}`;
}

function valueOf(row: TreeRow): Part {
  if (row.kind === "leaf") {
    const { value } = row.entry;
    return value === undefined ? tone("dim", valueText(value)) : valueText(value);
  }
  const count = row.entry.children?.length ?? 0;
  return row.isOpen ? "" : tone("dim", count === 1 ? "1 entry" : `${count} entries`);
}

function setterOf(row: TreeRow): string {
  if (row.kind === "leaf") return row.entry.by;
  return row.isOpen ? "" : settersIn(row.entry).join(", ");
}

function setterTone(setter: string): Tone {
  if (setter === DEFAULT) return "dim";
  return setter === OVERRIDE || setter === PIN ? "warn" : "accent";
}

function widest(texts: readonly string[], title: string, most: number): number {
  return Math.min(most, Math.max(cells(title), ...texts.map(cells)));
}
