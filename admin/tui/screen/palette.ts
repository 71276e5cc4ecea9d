import type { Tone } from "./line.ts";

/** SGR parameters (ECMA-48 §8.3.117) that a tone is shown with. */
export type Palette = Readonly<Record<Tone, string>>;

/** Bold, underlined and reverse, for a terminal without colours. */
const NO_COLOURS: Palette = {
  plain: "",
  dim: "",
  strong: "1",
  good: "",
  warn: "1",
  bad: "1;4",
  accent: "1",
  "share-a": "",
  "share-b": "1",
  "share-c": "",
  selected: "7",
};

/** The 16 colours that every terminal has, in the shades of the user's theme. */
const SIXTEEN: Palette = {
  ...NO_COLOURS,
  dim: "90",
  good: "32",
  warn: "33",
  bad: "1;31",
  accent: "36",
  "share-a": "36",
  "share-b": "34",
  "share-c": "35",
};

/** Softer ones of the 256. */
const MANY: Palette = {
  ...SIXTEEN,
  dim: "38;5;245",
  good: "38;5;71",
  warn: "38;5;179",
  bad: "1;38;5;203",
  accent: "38;5;80",
  "share-a": "38;5;73",
  "share-b": "38;5;68",
  "share-c": "38;5;139",
};

/** @returns what the terminal can show; no colours if $NO_COLOR is set to anything (https://no-color.org) */
export function paletteFor({ NO_COLOR, TERM = "", COLORTERM = "" }: NodeJS.ProcessEnv): Palette {
  if (NO_COLOR || /^(dumb|vt\d+|ansi-m)/.test(TERM)) return NO_COLOURS;
  return /256|direct|kitty|ghostty|alacritty|foot/.test(TERM) || COLORTERM !== "" ? MANY : SIXTEEN;
}
