/**
 * Between the panes and the terminal: styled lines that are fitted to cells, and keys.
 *
 * @module
 */
export { AT_TOP, type Cursor, cursorOn, moved, type Window, windowOf } from "./cursor.ts";
export { type Field, fieldLine, fieldOf, typed } from "./field.ts";
export {
  cells,
  clip,
  clipMiddle,
  cutLine,
  fitLine,
  lay,
  lineCells,
  pad,
  printable,
  wrap,
  wrapLine,
} from "./fit.ts";
export { type Glyphs, glyphsFor } from "./glyphs.ts";
export { hasWords } from "./has-words.ts";
export { type Key, keyNamed } from "./key.ts";
export { type Line, lineIn, type Part, type Span, spanOf, type Tone, textOf, tone } from "./line.ts";
export { type Column, chosenLine, tableLines } from "./table.ts";
export { type Size, Terminal } from "./terminal.ts";
