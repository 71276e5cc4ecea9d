/**
 * What a key does to a dialog. Pure.
 *
 * @module
 */
import { AT_TOP, fieldOf, type Glyphs, type Key, moved, type Size, typed, windowOf } from "../screen/mod.ts";
import { matching } from "./choice-items.ts";
import type { Choice, Entry, Question } from "./dialog.ts";
import { lastTop } from "./dialog-lines.ts";
import { dialogRows } from "./dialog-size.ts";
import type { OpenDialog } from "./open-dialog.ts";

/** What a key did: the dialog after it, or the dialog is closed and `change` follows. */
export type Answer<C> = { readonly open: OpenDialog<C> } | { readonly open?: undefined; readonly change?: C };

/** The screen, which decides how far it scrolls. */
interface Room {
  readonly size: Size;
  readonly glyphs: Glyphs;
}

/** @returns what the key did; a key that means nothing here leaves the dialog as it is */
export function answered<C>(open: OpenDialog<C>, key: Key, room: Room): Answer<C> {
  const { dialog } = open;
  if (key.name === "escape" || key.name === "ctrl-c") {
    // The first Escape removes the filter.
    if (dialog.kind === "choice" && open.field.text !== "") return { open: { ...open, field: fieldOf() } };
    return {};
  }
  switch (dialog.kind) {
    case "question":
      return answeredQuestion(open, dialog, key, room);
    case "choice":
      return chosen(open, dialog, key, room);
    case "entry":
      return entered(open, dialog, key);
    case "text":
      return key.name === "enter" || key.name === "q" ? {} : { open: scrolled(open, key, room) };
  }
}

function answeredQuestion<C>(open: OpenDialog<C>, dialog: Question<C>, key: Key, room: Room): Answer<C> {
  switch (key.name) {
    case "enter":
      return open.yes ? { change: dialog.then } : {};
    case "y":
      return { open: { ...open, yes: true } };
    case "n":
    case "q":
      return {};
    case "left":
    case "right":
    case "h":
    case "l":
    case "tab":
    case "shift-tab":
      return { open: { ...open, yes: !open.yes } };
    default:
      return { open: scrolled(open, key, room) };
  }
}

function chosen<C>(open: OpenDialog<C>, dialog: Choice<C>, key: Key, room: Room): Answer<C> {
  const found = matching(dialog, open.field.text);
  const ids = found.map(String);
  if (key.name === "enter") {
    const index = found[windowOf(open.cursor, ids, ids.length).chosen];
    return index === undefined ? { open } : { change: dialog.choose(index) };
  }
  const cursor = key.prints ? undefined : moved(open.cursor, key, ids, dialogRows(room.size));
  if (cursor) return { open: { ...open, cursor } };
  const field = typed(open.field, key);
  return { open: field ? { ...open, field, cursor: AT_TOP } : open };
}

function entered<C>(open: OpenDialog<C>, dialog: Entry<C>, key: Key): Answer<C> {
  const { complaint: _, ...rest } = open;
  if (key.name !== "enter") return { open: { ...rest, field: typed(open.field, key) ?? open.field } };
  const complaint = dialog.check?.(open.field.text);
  return complaint === undefined
    ? { change: dialog.enter(open.field.text) }
    : { open: { ...open, complaint } };
}

function scrolled<C>(open: OpenDialog<C>, key: Key, room: Room): OpenDialog<C> {
  const last = lastTop(open, room.size, room.glyphs);
  const page = Math.max(1, dialogRows(room.size) - 1);
  const by: Record<string, number> = {
    up: -1,
    k: -1,
    down: 1,
    j: 1,
    pageup: -page,
    pagedown: page,
    home: -last,
    end: last,
  };
  return { ...open, scroll: Math.max(0, Math.min(open.scroll + (by[key.name] ?? 0), last)) };
}
