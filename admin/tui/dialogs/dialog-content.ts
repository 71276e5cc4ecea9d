/**
 * The content of a dialog, before it is cut to the rows of the screen.
 *
 * @module
 */
import {
  chosenLine,
  clipMiddle,
  fieldLine,
  type Glyphs,
  type Line,
  lineCells,
  pad,
  textOf,
  tone,
  windowOf,
  wrapLine,
} from "../screen/mod.ts";
import { matching } from "./choice-items.ts";
import type { Choice } from "./dialog.ts";
import type { OpenDialog } from "./open-dialog.ts";

export interface Content {
  readonly head: readonly Line[];
  /** The part that scrolls. */
  readonly body: readonly Line[];
  /** Between the part that scrolls and the foot. Without room for it, it scrolls too. */
  readonly command?: readonly Line[];
  readonly foot: readonly Line[];
  /** The row of the body that stays in sight. */
  readonly chosen?: number;
}

/** @returns the lines of a dialog, of at most `columns` cells where they can be broken */
export function contentOf<C>(open: OpenDialog<C>, columns: number, glyphs: Glyphs): Content {
  const { dialog, field } = open;
  switch (dialog.kind) {
    case "question":
      return {
        head: [],
        body: wrapped(dialog.body, columns),
        command: commandLines(dialog.command, columns),
        foot: [[], [button("Cancel", !open.yes, glyphs), "  ", button(dialog.yes, open.yes, glyphs)]],
      };
    case "text":
      return {
        head: [],
        body: wrapped(dialog.body, columns),
        command: commandLines(dialog.command, columns),
        foot: [],
      };
    case "entry":
      return {
        head: wrapped(dialog.body, columns),
        body: [fieldLine(field, columns)],
        foot: open.complaint === undefined ? [] : wrapped([[tone("bad", open.complaint)]], columns),
      };
    case "choice":
      return choiceContent(open, dialog, columns, glyphs);
  }
}

function choiceContent<C>(
  { field, cursor }: OpenDialog<C>,
  dialog: Choice<C>,
  columns: number,
  glyphs: Glyphs,
): Content {
  const found = matching(dialog, field.text);
  const { chosen } = windowOf(cursor, found.map(String), found.length);
  const labels = dialog.items.map(({ label }) => lineCells([label]));
  const width = Math.min(Math.max(0, ...labels), Math.ceil(columns * 0.6));
  const body = found.map((index, row): Line => {
    const { label = "", note = "" } = dialog.items[index] ?? {};
    const line: Line = [
      pad(clipMiddle(label, width, glyphs.more), width),
      ...(note === "" ? [] : ["  ", tone("dim", note)]),
    ];
    return row === chosen ? chosenLine(line, Math.min(columns, lineCells(line) + 1), glyphs) : [" ", ...line];
  });
  const filter: Line = [tone("dim", "type to filter: "), field.text];
  return {
    head: field.text === "" ? [] : [filter],
    body: body.length > 0 ? body : [[field.text === "" ? "there is none" : "nothing fits"]],
    foot: [],
    chosen,
  };
}

function wrapped(lines: readonly Line[], columns: number): Line[] {
  return lines.flatMap((line) => (textOf(line) === "" ? [line] : wrapLine(line, columns)));
}

function commandLines(command: string | undefined, columns: number): Line[] {
  return command === undefined ? [] : [[], ...wrapped([[tone("dim", `$ ${command}`)]], columns)];
}

function button(label: string, isChosen: boolean, glyphs: Glyphs) {
  return isChosen ? tone("selected", `${glyphs.cursor}${label} `) : ` ${label} `;
}
