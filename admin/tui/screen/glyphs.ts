/** The signs that lines are drawn with. */
export interface Glyphs {
  readonly horizontal: string;
  readonly vertical: string;
  /** Upper left, upper right, lower left, lower right. */
  readonly corners: readonly [string, string, string, string];
  /** Before the line that is chosen. */
  readonly cursor: string;
  readonly more: string;
  readonly arrow: string;
  readonly good: string;
  readonly busy: string;
  readonly bad: string;
  readonly idle: string;
  /** Fillings of a bar: used, reserved, used by others, free. */
  readonly used: string;
  readonly reserved: string;
  readonly others: string;
  readonly free: string;
  /** Heights of a chart, the lowest first. */
  readonly heights: readonly string[];
  /** Before a branch that is open, and one that is closed. */
  readonly open: string;
  readonly closed: string;
  /** @returns the text, or the nearest one in ASCII */
  spell(text: string): string;
}

const UNICODE: Glyphs = {
  horizontal: "─",
  vertical: "│",
  corners: ["┌", "┐", "└", "┘"],
  cursor: "▌",
  more: "…",
  arrow: "→",
  good: "●",
  busy: "◐",
  bad: "✗",
  idle: "○",
  used: "█",
  reserved: "▒",
  others: "░",
  free: "·",
  heights: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
  open: "▾",
  closed: "▸",
  spell: (text) => text,
};

const ASCII: Glyphs = {
  horizontal: "-",
  vertical: "|",
  corners: ["+", "+", "+", "+"],
  cursor: ">",
  more: "~",
  arrow: "->",
  good: "*",
  busy: "o",
  bad: "x",
  idle: "-",
  used: "#",
  reserved: "=",
  others: ":",
  free: ".",
  heights: ["_", ".", "-", "=", "+", "*", "%", "#"],
  open: "-",
  closed: "+",
  spell: (text) =>
    /^[\x20-\x7e]*$/.test(text)
      ? text
      : [...GRAPHEMES.segment(text)].map(({ segment }) => spelt(segment)).join(""),
};

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** A letter and its marks count as one character because they share its cells. */
function spelt(one: string): string {
  return /^[\x20-\x7e]$/.test(one) ? one : (NEAREST[one] ?? "?".repeat(Bun.stringWidth(one)));
}

/** Each as wide as the original, so that columns stay in place. */
const NEAREST: Record<string, string> = {
  "…": "~",
  "→": ">",
  "←": "<",
  "↑": "^",
  "↓": "v",
  "×": "x",
  "·": ".",
  "–": "-",
  "—": "-",
  "“": '"',
  "”": '"',
  "‘": "'",
  "’": "'",
  "≥": ">",
  "≤": "<",
};

/** @returns UTF-8 drawing if the locale says that the terminal takes it (POSIX: LC_ALL, LC_CTYPE, LANG), else ASCII */
export function glyphsFor({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): Glyphs {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || "") ? UNICODE : ASCII;
}
