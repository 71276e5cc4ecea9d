/**
 * How the pane looks while the active config is shown.
 *
 * @module
 */
import { type Cursor, type Line, tone, windowOf } from "../../screen/mod.ts";
import type { Hint, View } from "../pane.ts";
import { headLines } from "./head.ts";
import { rowLines } from "./row-lines.ts";
import { type Opened, rowsOf } from "./rows.ts";

/** @returns rows of the pane for the tree itself: not those above it, an empty one, and the headings. */
export function roomForTree(view: View): number {
  return view.size.rows - headLines(view).length - 2;
}

export function treeLines(
  { cursor, opened }: { readonly cursor: Cursor; readonly opened: Opened },
  view: View,
): Line[] {
  const { engine, size, glyphs, filter } = view;
  const rows = rowsOf(view, opened);
  const ids = rows.map(({ id }) => id);
  const window = windowOf(cursor, ids, roomForTree(view));
  const table = rows.length > 0 ? rowLines(rows, window, size.columns, glyphs) : [];
  const isKnown = engine.known.config !== undefined;
  const nothing: Line[] =
    isKnown && rows.length === 0 ? [[filter === "" ? "" : `Nothing fits /${filter}`]] : [];
  return [...headLines(view), [], ...table, ...nothing, ...(isKnown ? [] : [[], ...lackLines(view)])];
}

/** Why there is no config to show. */
function lackLines({ engine }: View): Line[] {
  const problem = engine.problems.config;
  if (!problem) return [[tone("dim", "loading ...")]];
  if (problem.code === "forbidden")
    return [
      ["The document, its versions and its snapshots are shown to tokens of scope admin only,"],
      ["and this one may not read them. Start with another: syrinx admin --token TOKEN"],
    ];
  return [[tone("bad", problem.message)]];
}

export function treeHints({ engine, filter }: View): Hint[] {
  const known = engine.known.config?.value;
  if (!known) return [];
  return [
    ...(known.unconfirmed ? [CONFIRM] : []),
    ...EDITING,
    known.pinned ? UNPIN : PIN,
    ...(known.held ? [HELD] : []),
    ...WHOLE,
    ...(known.overrides ? [ALL] : []),
    ...(filter === "" ? [BRANCHES] : []),
  ];
}

const CONFIRM: Hint = { key: "c", what: "confirm", help: "keep a change that would revert by itself" };
const EDITING: readonly Hint[] = [
  {
    key: "Enter",
    what: "value",
    help: "open or close a branch; show a value, and who says what",
  },
  { key: "e", what: "edit", help: "set the value; the plan is shown first" },
  { key: "a", what: "add", help: "add a key to a branch" },
  { key: "d", what: "unset", help: "remove an override: the value below it applies again" },
  { key: "v", what: "versions", help: "the changes of each version; go back to one" },
];
const UNPIN: Hint = {
  key: "p",
  what: "unpin",
  help: "follow the sources again; the plan is shown first",
};
const PIN: Hint = { key: "p", what: "pin", help: "keep the config as it is, whatever the sources say" };
const HELD: Hint = { key: "h", what: "held", help: "what an unpin would change" };
const WHOLE: readonly Hint[] = [
  { key: "S", what: "snapshots", help: "take a snapshot, or restore one" },
  { key: "R", what: "reload", help: "ask the sources for their documents now" },
];
const ALL: Hint = { key: "D", what: "unset all", help: "remove all overrides" };
const BRANCHES: Hint = { key: "Left Right", what: "close, open", help: "close and open a branch" };
