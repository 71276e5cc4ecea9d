import { AT_TOP, type Cursor, type Field, fieldOf } from "../screen/mod.ts";
import type { Dialog } from "./dialog.ts";

/** A dialog that is open, with what was typed and chosen in it so far. */
export interface OpenDialog<C> {
  readonly dialog: Dialog<C>;
  /** The text of an entry, or the filter of a choice. */
  readonly field: Field;
  readonly cursor: Cursor;
  /** Whether the answer of a question that does something is chosen. */
  readonly yes: boolean;
  /** Rows that are scrolled away. */
  readonly scroll: number;
  /** Why the text was refused. */
  readonly complaint?: string;
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
