import { type Glyphs, type Line, lineCells, type Size } from "../screen/mod.ts";
import { type Content, contentOf } from "./dialog-content.ts";
import { dialogColumns, dialogRows } from "./dialog-size.ts";
import { framed } from "./frame.ts";
import type { OpenDialog } from "./open-dialog.ts";

/** @returns the dialog in its frame, the lines of it all of one width */
export function dialogLines<C>(open: OpenDialog<C>, size: Size, glyphs: Glyphs): Line[] {
  const { dialog } = open;
  const most = dialogColumns(size);
  const { head, body, foot, chosen = 0 } = contentOf(open, most, glyphs);
  const widest = [...head, ...body, ...foot, [dialog.title, "    "]].reduce(
    (sum, line) => Math.max(sum, lineCells(line)),
    dialog.kind === "entry" ? Math.min(60, most) : 20,
  );
  const columns = Math.min(most, widest);
  const rows = bodyRows({ head, foot }, size);
  const top = Math.max(chosen - rows + 1, Math.min(open.scroll, Math.max(0, body.length - rows)));
  const shown = body.slice(top, top + rows);
  const hidden = body.length - rows - top;
  return framed(
    [...head, ...shown, ...foot],
    columns,
    dialog.title,
    hidden > 0 ? `${hidden} more` : "",
    glyphs,
  );
}

/** @returns how many rows of a dialog can be scrolled away */
export function lastTop<C>(open: OpenDialog<C>, size: Size, glyphs: Glyphs): number {
  const content = contentOf(open, dialogColumns(size), glyphs);
  return Math.max(0, content.body.length - bodyRows(content, size));
}

function bodyRows({ head, foot }: Pick<Content, "head" | "foot">, size: Size): number {
  return Math.max(1, dialogRows(size) - head.length - foot.length);
}
