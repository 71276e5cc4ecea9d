/** Spaces between two columns. */
const GAP = "  ";

/**
 * @param rows as many cells as there are headings
 * @returns rows under their headings, in columns as wide as they need, a line each. A character that takes two cells of a
 *   terminal, as Chinese ones do, counts as two. A line break within a cell becomes a space
 */
export function tableText(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows].map((cells) => cells.map((cell) => cell.replace(/\s*\n\s*/g, " ")));
  const widths = headings.map((_, column) =>
    Math.max(...lines.map((cells) => Bun.stringWidth(cells[column] ?? ""))),
  );
  return lines.map((cells) => lineText(cells, widths)).join("\n");
}

/** Prints {@linkcode tableText}. */
export function printTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log(tableText(headings, rows));
}

function lineText(cells: readonly string[], widths: readonly number[]): string {
  const padded = widths.map((width, column) => {
    const cell = cells[column] ?? "";
    return cell + " ".repeat(width - Bun.stringWidth(cell));
  });
  return padded.join(GAP).trimEnd();
}
