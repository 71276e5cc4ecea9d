import { type Glyphs, type Line, lineCells, type Size } from "../screen/mod.ts";
import { type Content, contentOf } from "./dialog-content.ts";
import { dialogColumns, dialogRows } from "./dialog-size.ts";
import { framed } from "./frame.ts";
import type { OpenDialog } from "./open-dialog.ts";

/** Least rows for the part that scrolls; a command gets what is left. */
const MIN_BODY = 3;

/** @returns the dialog in its frame, the lines of it all of one width, and no more of them than there is room for */
export function dialogLines<C>(open: OpenDialog<C>, size: Size, glyphs: Glyphs): Line[] {
  const { dialog } = open;
  const most = dialogColumns(size);
  const { head, body, foot, chosen, rows } = laidOut(open, size, glyphs);
  const widest = [...head, ...body, ...foot, [dialog.title, "    "]].reduce(
    (sum, line) => Math.max(sum, lineCells(line)),
    dialog.kind === "entry" ? Math.min(60, most) : 20,
  );
  const columns = Math.min(most, widest);
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
  const { body, rows } = laidOut(open, size, glyphs);
  return Math.max(0, body.length - rows);
}

/** @returns what is in the dialog, and how many rows of it there are for what scrolls */
function laidOut<C>(
  open: OpenDialog<C>,
  size: Size,
  glyphs: Glyphs,
): Required<Omit<Content, "command">> & { readonly rows: number } {
  const content = contentOf(open, dialogColumns(size), glyphs);
  const { head, body, command = [], foot, chosen = 0 } = content;
  const room = dialogRows(size);
  // Answers and entry fields stay in sight on the smallest screen.
  const kept = foot.slice(0, room - 1);
  const left = room - kept.length;
  if (left - head.length - command.length >= Math.min(MIN_BODY, body.length)) {
    const rows = left - head.length - command.length;
    return { head, body, foot: [...command, ...kept], chosen, rows };
  }
  const above = head.slice(0, left - 1);
  return { head: above, body: [...body, ...command], foot: kept, chosen, rows: left - above.length };
}
