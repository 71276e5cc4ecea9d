/**
 * A terminal's screen as a picture: SVG, which stays sharp at any size and is small in a repository.
 *
 * @module
 */
import type { IBufferCell, Terminal } from "@xterm/headless";

/** Pixels of a cell, for a font of 14 px as most monospaced ones are. */
const CELL = { width: 8.4, height: 17 };
const FONT_PX = 14;
/** Pixels around the screen, and of the bar above it. */
const MARGIN = 12;
const BAR = 28;

const BACKGROUND = "#16181d";
const FOREGROUND = "#d5d8df";
/** The 16 colours, as a dark terminal of today shows them. */
const SIXTEEN = [
  "#2b303b",
  "#d9646c",
  "#8fbf7f",
  "#dbb671",
  "#6f9fd8",
  "#b48ead",
  "#6fb8c0",
  "#d5d8df",
  "#7a8290",
  "#ec7f86",
  "#a7d495",
  "#eccb8a",
  "#8ab5ea",
  "#c9a3c3",
  "#86cfd7",
  "#ffffff",
];

interface Look {
  colour: string;
  fill: string | undefined;
  bold: boolean;
  underlined: boolean;
}

interface Run extends Look {
  column: number;
  cells: number;
  text: string;
}

/** @returns the screen that the terminal shows, with a title above it */
export function terminalSvg(terminal: Terminal, title: string): string {
  const width = terminal.cols * CELL.width + 2 * MARGIN;
  const height = terminal.rows * CELL.height + 2 * MARGIN + BAR;
  const rows = Array.from({ length: terminal.rows }, (_, row) => rowSvg(terminal, row));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="${FONT_PX}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    ...[0, 1, 2].map((index) => `<circle cx="${18 + index * 18}" cy="16" r="5.5" fill="#3a3f4b"/>`),
    `<text x="${round(width / 2)}" y="21" text-anchor="middle" fill="#8b93a1" font-size="12">${escaped(title)}</text>`,
    ...rows,
    "</svg>",
    "",
  ].join("\n");
}

function rowSvg(terminal: Terminal, row: number): string {
  const top = MARGIN + BAR + row * CELL.height;
  return runsOf(terminal, row)
    .map(({ column, cells, text, colour, fill, bold, underlined }) => {
      const x = round(MARGIN + column * CELL.width);
      const wide = round(cells * CELL.width);
      const rect = fill
        ? `<rect x="${x}" y="${round(top)}" width="${wide}" height="${CELL.height}" fill="${fill}"/>`
        : "";
      if (text.trim() === "") return rect;
      const weight = bold ? ' font-weight="bold"' : "";
      const line = underlined ? ' text-decoration="underline"' : "";
      // With its length said, no font of another width moves what is behind it.
      return `${rect}<text x="${x}" y="${round(top + 13)}" textLength="${wide}" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="${colour}"${weight}${line}>${escaped(text)}</text>`;
    })
    .filter((part) => part !== "")
    .join("\n");
}

/** @returns neighbouring cells of one look together; a space between two words of one look does not part them */
function runsOf(terminal: Terminal, row: number): Run[] {
  const { active } = terminal.buffer;
  const line = active.getLine(active.viewportY + row);
  const runs: Run[] = [];
  for (let column = 0; column < terminal.cols; column++) {
    const cell = line?.getCell(column);
    if (!cell || cell.getWidth() === 0) continue;
    const look = lookOf(cell);
    const text = cell.getChars() || " ";
    const last = runs.at(-1);
    if (last && isSame(last, look) && last.column + last.cells === column) {
      last.text += text;
      last.cells += cell.getWidth();
    } else runs.push({ ...look, column, cells: cell.getWidth(), text });
  }
  return runs;
}

function lookOf(cell: IBufferCell): Look {
  const front = cell.isFgDefault() ? FOREGROUND : colourOf(cell.getFgColor());
  const back = cell.isBgDefault() ? undefined : colourOf(cell.getBgColor());
  const isInverse = cell.isInverse() !== 0;
  return {
    colour: isInverse ? (back ?? BACKGROUND) : front,
    fill: isInverse ? front : back,
    bold: cell.isBold() !== 0,
    underlined: cell.isUnderline() !== 0,
  };
}

function isSame(a: Look, b: Look): boolean {
  return a.colour === b.colour && a.fill === b.fill && a.bold === b.bold && a.underlined === b.underlined;
}

/** @returns a colour of the palette of 256: 16, then a cube of 6 × 6 × 6, then 24 greys (as xterm has them) */
function colourOf(index: number): string {
  const known = SIXTEEN[index];
  if (known) return known;
  if (index >= 232) return rgb([index, index, index].map((grey) => 8 + (grey - 232) * 10));
  const at = index - 16;
  return rgb(
    [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map((step) => (step === 0 ? 0 : 55 + step * 40)),
  );
}

function rgb(parts: readonly number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
}
