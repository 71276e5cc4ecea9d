/**
 * A dialog that is open: what was typed and chosen in it so far, what a key does to it, and how it looks. Pure.
 *
 * @module
 */
import {
  AT_TOP,
  chosenLine,
  type Cursor,
  type Field,
  fieldLine,
  fieldOf,
  fitLine,
  type Glyphs,
  type Key,
  type Line,
  lineCells,
  moved,
  pad,
  type Size,
  textOf,
  tone,
  typed,
  windowOf,
  wrapLine,
} from "../screen/mod.ts";
import type { Choice, Dialog } from "./dialog.ts";

export interface OpenDialog<C> {
  readonly dialog: Dialog<C>;
  /** Of an entry: its text; of a choice: the filter. */
  readonly field: Field;
  readonly cursor: Cursor;
  /** Of a question: whether the answer that does it is chosen. */
  readonly yes: boolean;
  /** Rows that are scrolled away. */
  readonly scroll: number;
  /** Why the text was not taken. */
  readonly complaint?: string;
}

/** What a key did: the dialog as it is then, or it is closed, and `change` happens. */
export type Answer<C> = { readonly open: OpenDialog<C> } | { readonly open?: undefined; readonly change?: C };

/** Cells that the frame and its margins take, and rows. */
const FRAME_COLUMNS = 4;
const FRAME_ROWS = 2;
const WIDEST = 100;
/** Rows around a dialog that leave the header and the footer in sight. */
const AROUND_ROWS = 4;

/** @returns how many cells a line of a dialog has on a screen of that size */
export function dialogColumns({ columns }: Size): number {
  return Math.min(WIDEST, columns - FRAME_COLUMNS - 2);
}

export function opened<C>(dialog: Dialog<C>): OpenDialog<C> {
  const at = dialog.kind === "choice" ? (dialog.first ?? 0) : 0;
  return {
    dialog,
    field: fieldOf(dialog.kind === "entry" ? dialog.text : ""),
    cursor: { ...AT_TOP, index: at, id: String(at) },
    yes: false,
    scroll: 0,
  };
}

export function answered<C>(open: OpenDialog<C>, key: Key, size: Size): Answer<C> {
  const { dialog } = open;
  if (key.name === "escape" || key.name === "ctrl-c") {
    // A filter is taken back first.
    if (dialog.kind === "choice" && open.field.text !== "") return { open: { ...open, field: fieldOf() } };
    return {};
  }
  switch (dialog.kind) {
    case "question": {
      if (key.name === "enter") return open.yes ? { change: dialog.then } : {};
      if (["left", "right", "tab", "shift-tab", "h", "l"].includes(key.name))
        return { open: { ...open, yes: !open.yes } };
      if (key.name === "y") return { open: { ...open, yes: true } };
      if (key.name === "n" || key.name === "q") return {};
      return { open: scrolled(open, key, size) };
    }
    case "text":
      if (key.name === "enter" || key.name === "q") return {};
      return { open: scrolled(open, key, size) };
    case "choice": {
      const found = matching(dialog, open.field.text);
      const ids = found.map(String);
      const { chosen } = windowOf(open.cursor, ids, ids.length);
      if (key.name === "enter") {
        const index = found[chosen];
        return index === undefined ? { open } : { change: dialog.choose(index) };
      }
      if (!key.prints) {
        const cursor = moved(open.cursor, key, ids, roomFor(size) - FRAME_ROWS);
        if (cursor) return { open: { ...open, cursor } };
      }
      const field = typed(open.field, key);
      return { open: field ? { ...open, field, cursor: AT_TOP } : open };
    }
    case "entry": {
      if (key.name === "enter") {
        const complaint = dialog.check?.(open.field.text);
        return complaint === undefined
          ? { change: dialog.enter(open.field.text) }
          : { open: { ...open, complaint } };
      }
      const { complaint: _, ...rest } = open;
      const field = typed(open.field, key);
      return { open: field ? { ...rest, field } : open };
    }
  }
}

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
  const rows = Math.max(1, roomFor(size) - head.length - foot.length);
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

/** @returns the keys that work in the dialog, and what they do */
export function dialogKeys<C>({ dialog, field }: OpenDialog<C>): readonly { key: string; what: string }[] {
  switch (dialog.kind) {
    case "question":
      return [
        { key: "y", what: dialog.yes.toLowerCase() },
        { key: "Tab", what: "other answer" },
        { key: "Enter", what: "take it" },
        { key: "Esc", what: "cancel" },
      ];
    case "choice":
      return [
        { key: "Enter", what: "choose" },
        { key: "a-z", what: "filter" },
        { key: "Esc", what: field.text === "" ? "cancel" : "show all" },
      ];
    case "entry":
      return [
        { key: "Enter", what: "take it" },
        { key: "Ctrl-U", what: "clear" },
        { key: "Esc", what: "cancel" },
      ];
    case "text":
      return [
        { key: "Up Down", what: "scroll" },
        { key: "Esc", what: "close" },
      ];
  }
}

interface Content {
  readonly head: readonly Line[];
  /** What scrolls, if there is too much of it. */
  readonly body: readonly Line[];
  readonly foot: readonly Line[];
  /** The row of the body that stays in sight. */
  readonly chosen?: number;
}

function contentOf<C>(open: OpenDialog<C>, columns: number, glyphs: Glyphs): Content {
  const { dialog, field } = open;
  switch (dialog.kind) {
    case "question":
      return {
        head: [],
        body: wrapped(dialog.body, columns),
        foot: [
          ...commandLines(dialog.command, columns),
          [],
          [button("Cancel", !open.yes, glyphs), "  ", button(dialog.yes, open.yes, glyphs)],
        ],
      };
    case "text":
      return { head: [], body: wrapped(dialog.body, columns), foot: commandLines(dialog.command, columns) };
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
      pad(label, width, "left", glyphs.more),
      ...(note === "" ? [] : ["  ", tone("dim", note)]),
    ];
    return row === chosen ? chosenLine(line, Math.min(columns, lineCells(line) + 1), glyphs) : [" ", ...line];
  });
  const filter: Line = [tone("dim", "type to filter: "), field.text];
  return {
    head: field.text === "" ? [] : [filter],
    body: body.length > 0 ? body : [["nothing fits"]],
    foot: [],
    chosen,
  };
}

/** @returns indices of the items that have all the words of the filter */
function matching<C>({ items }: Choice<C>, filter: string): number[] {
  const words = filter.toLowerCase().split(/\s+/);
  return items.flatMap(({ label, note = "" }, index) => {
    const text = `${label} ${note}`.toLowerCase();
    return words.every((word) => text.includes(word)) ? [index] : [];
  });
}

function scrolled<C>(open: OpenDialog<C>, key: Key, size: Size): OpenDialog<C> {
  const page = roomFor(size) - FRAME_ROWS;
  const { dialog } = open;
  const rows = "body" in dialog ? wrapped(dialog.body, dialogColumns(size)).length : 0;
  const by: Record<string, number> = {
    up: -1,
    k: -1,
    down: 1,
    j: 1,
    pageup: -page,
    pagedown: page,
    home: -rows,
    end: rows,
  };
  const scroll = Math.max(0, Math.min(open.scroll + (by[key.name] ?? 0), rows - 1));
  return { ...open, scroll };
}

function roomFor(size: Size): number {
  return Math.max(1, size.rows - AROUND_ROWS - FRAME_ROWS);
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

function framed(
  lines: readonly Line[],
  columns: number,
  title: string,
  note: string,
  { horizontal, vertical, corners, more }: Glyphs,
): Line[] {
  const [upperLeft, upperRight, lowerLeft, lowerRight] = corners;
  const edge = (left: string, text: string, right: string): Line => {
    const label = text === "" ? "" : ` ${pad(text, Math.min(lineCells([text]), columns - 2), "left", more)} `;
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
