import { clipMiddle, fitLine, type Glyphs, type Line, lineCells, tone } from "../screen/mod.ts";

/**
 * @param columns cells within the frame
 * @param note in its lower edge
 * @returns the lines in a frame, all of one width
 */
export function framed(
  lines: readonly Line[],
  columns: number,
  title: string,
  note: string,
  { horizontal, vertical, corners, more }: Glyphs,
): Line[] {
  const [upperLeft, upperRight, lowerLeft, lowerRight] = corners;
  const edge = (left: string, text: string, right: string): Line => {
    const label = text === "" ? "" : ` ${clipMiddle(text, columns - 2, more)} `;
    return [
      left,
      horizontal,
      tone("strong", label),
      horizontal.repeat(columns + 1 - lineCells([label])),
      right,
    ];
  };
  return [
    edge(upperLeft, title, upperRight),
    ...lines.map((line): Line => [vertical, " ", ...fitLine(line, columns), " ", vertical]),
    edge(lowerLeft, note, lowerRight),
  ];
}
