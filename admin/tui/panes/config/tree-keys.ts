/**
 * What keys do in the tree of the config.
 *
 * @module
 */

import { isObject } from "../../../../core/json-pointer.ts";
import type { ConfigView } from "../../../../schemas/generated/api.ts";
import { parentPointer } from "../../../client/mod.ts";
import { type Cursor, type Key, moved, windowOf } from "../../screen/mod.ts";
import type { Change, Effect, View } from "../pane.ts";
import { type Opened, type Row, rowsOf } from "./rows.ts";
import { add, edit, unset, unsetAll } from "./setting.ts";
import { openSnapshots } from "./snapshots.ts";
import { roomForTree } from "./tree-view.ts";
import { rejectionDialog, valueDialog } from "./value-dialog.ts";
import { confirm, heldDialog, pinOrUnpin, reload } from "./whole-config.ts";

export interface TreeState {
  readonly cursor: Cursor;
  readonly opened: Opened;
}

/** @returns what the key does; undefined if it does nothing here */
export function treeKey<S>(
  state: TreeState,
  key: Key,
  view: View,
): { state: TreeState; effects?: readonly Effect<Change<S>>[] } | undefined {
  const rows = rowsOf(view, state.opened);
  const ids = rows.map(({ id }) => id);
  const room = roomForTree(view);
  const cursor = moved(state.cursor, key, ids, room);
  if (cursor) return { state: { ...state, cursor } };
  const row = rows[windowOf(state.cursor, ids, room).chosen];
  const walked = row && walk(state, key, row, rows);
  if (walked) return { state: walked };
  const known = view.engine.known.config?.value;
  const effect = known && ((row && onRow<S>(row, key, known, rows)) ?? onAll<S>(key, known, view));
  if (effect) return { state, effects: [effect] };
  // The problems of a source may be read without the permission to read the config.
  return row?.kind === "rejected" && isOpening(key)
    ? { state, effects: [rejectionDialog(row.source)] }
    : undefined;
}

/** @returns the state with a branch opened or closed, or the cursor on its first entry or on what it is in */
function walk(state: TreeState, { name }: Key, row: Row, rows: readonly Row[]): TreeState | undefined {
  if (row.kind === "rejected") return undefined;
  const open = (isOpen: boolean) => ({
    ...state,
    opened: new Map(state.opened).set(row.id, isOpen),
    cursor: on(row.id),
  });
  const on = (id: string): Cursor => ({
    ...state.cursor,
    id,
    index: rows.findIndex((one) => one.id === id),
  });
  if (row.kind === "branch" && name === "enter") return open(!row.isOpen);
  if (name === "right" && row.kind === "branch") {
    const [first] = row.entry.children ?? [];
    if (!row.isOpen) return open(true);
    return first && { ...state, cursor: on(first.pointer) };
  }
  if (name !== "left") return undefined;
  if (row.kind === "branch" && row.isOpen) return open(false);
  const outer = parentPointer(row.id);
  return rows.some(({ id }) => id === outer) ? { ...state, cursor: on(outer) } : undefined;
}

/** What a key does to the row that the cursor is on. */
function onRow<S>(
  row: Row,
  key: Key,
  known: ConfigView,
  rows: readonly Row[],
): Effect<Change<S>> | undefined {
  if (row.kind === "rejected") return undefined;
  const { entry } = row;
  switch (key.name) {
    case "enter":
      return valueDialog(known, entry);
    case "e":
      return row.kind === "leaf"
        ? edit(entry)
        : notice(`${entry.key} has several: open it and edit one of them, or add one to it (a)`);
    case "a":
      return addTo(row, rows);
    case "d":
      return unset(known, entry);
    default:
      return undefined;
  }
}

/** What a key does wherever the cursor is. */
function onAll<S>({ name }: Key, known: ConfigView, view: View): Effect<Change<S>> | undefined {
  switch (name) {
    case "p":
      return pinOrUnpin(known);
    case "h":
      return heldDialog(known, view);
    case "c":
      return confirm(known, view.now);
    case "D":
      return unsetAll(known);
    case "R":
      return reload(known);
    case "S":
      return openSnapshots();
    default:
      return undefined;
  }
}

/** Adds to the branch itself, or to the one that holds the leaf. An empty object is a branch as well. */
function addTo<S>(
  { id, entry }: Exclude<Row, { kind: "rejected" }>,
  rows: readonly Row[],
): Effect<Change<S>> {
  if (isObject(entry.value)) return add(entry);
  const outer = rows.find((row) => row.id === parentPointer(id));
  return outer?.kind === "branch" ? add(outer.entry) : notice("Put the cursor on a branch to add to it");
}

function isOpening({ name }: Key): boolean {
  return name === "enter" || name === "e";
}

function notice<S>(text: string): Effect<Change<S>> {
  return { kind: "notice", tone: "warn", text };
}
