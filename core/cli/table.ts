import Table from "cli-table3";

const NO_BORDERS = Object.fromEntries(
  [
    "top",
    "top-mid",
    "top-left",
    "top-right",
    "bottom",
    "bottom-mid",
    "bottom-left",
    "bottom-right",
    "left",
    "left-mid",
    "mid",
    "mid-mid",
    "right",
    "right-mid",
  ].map((part) => [part, ""]),
);

/** @returns rows under their headings, in columns as wide as they need, a line each */
export function tableText(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    chars: { ...NO_BORDERS, middle: "  " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  table.push([...headings], ...rows.map((row) => [...row]));
  const lines = table.toString().split("\n");
  return lines.map((line) => line.trimEnd()).join("\n");
}

/** Prints {@linkcode tableText}. */
export function printTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log(tableText(headings, rows));
}
