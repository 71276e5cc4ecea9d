/**
 * The slots: what fills each, its state, and actions on it.
 *
 * @module
 */
import { dialogColumns } from "../../dialogs/mod.ts";
import { type Key, type Line, moved, tableLines, tone, windowOf, wrap } from "../../screen/mod.ts";
import type { Hint, Pane, View } from "../pane.ts";
import { askRollback } from "../swaps/ask-rollback.ts";
import { told } from "../swaps/begun-swaps.ts";
import { planReload } from "../swaps/plan-then-ask.ts";
import { slotNow } from "../swaps/slot-now.ts";
import { pickSwap } from "../swaps/swap-picker.ts";
import { askCanary, askLoad, askUnload } from "./actions.ts";
import { attentionLines } from "./attention.ts";
import { aboutLines, belowLines } from "./below.ts";
import { blockedPlugins, grantEffects } from "./grants.ts";
import { type SlotRow, slotRows } from "./slot-rows.ts";
import { slotColumns } from "./slot-table.ts";
import { AT_FIRST, type SlotsEffect, type SlotsState } from "./slots-state.ts";

/** Rows for the chosen slot: at least this many, or this share. */
const BELOW = { rows: 6, share: 1 / 3 };

export const slots: Pane<SlotsState> = {
  name: "slots",
  initial: AT_FIRST,
  needs: ["status", "slots", "memory", "swaps", "plugins", "models"],
  key(state, key, view) {
    const { rows, window, ids, list } = shown(state, view);
    const cursor = moved(state.cursor, key, ids, list);
    if (cursor) return { state: { ...state, cursor } };
    if (key.name === "g") return { state, effects: grantEffects(view) };
    const row = rows[window.chosen];
    const effect = row && effectOf(key, row, view);
    return effect && { state, effects: [effect] };
  },
  heard: told,
  draw(state, view) {
    const { rows, window, attention } = shown(state, view);
    const { columns, rows: room } = view.size;
    const row = rows[window.chosen];
    if (!row) return [...emptyLines(view), ...attention];
    const table = tableLines(slotColumns(view, rows), rows, window, columns, view.glyphs);
    const below = belowLines(row, view).slice(0, Math.max(0, room - table.length - attention.length));
    const space = Math.max(0, room - table.length - below.length - attention.length);
    return [...table, ...below, ...Array.from({ length: space }, (): Line => []), ...attention];
  },
  hints(state, view) {
    const { rows, window } = shown(state, view);
    const isTried = rows[window.chosen]?.swap?.stage === "canary";
    const grant = blockedPlugins(view).length > 0;
    // Keys that are useful now come first.
    return [
      ...(isTried ? CANARY : []),
      ...(grant ? GRANT : []),
      ...KEYS,
      ...(grant ? [] : GRANT),
      ...(isTried ? [] : CANARY),
    ];
  },
};

const KEYS: readonly Hint[] = [
  {
    key: "Enter",
    what: "details",
    help: "all details of the slot",
  },
  { key: "s", what: "swap", help: "swap it to another release: choose it, see the plan, confirm" },
  {
    key: "r",
    what: "reload",
    help: "start it again while it serves, with newer releases if its ranges allow",
  },
  { key: "b", what: "rollback", help: "go back to the binding that served before" },
  { key: "u", what: "unload", help: "free its memory; utterances are finished first" },
  { key: "l", what: "load", help: "load its binding" },
];
const GRANT: readonly Hint[] = [
  { key: "g", what: "grant", help: "grant a blocked plugin its missing permissions" },
];
const CANARY: readonly Hint[] = [
  { key: "P", what: "promote", help: "give a canary all the requests" },
  { key: "A", what: "roll back", help: "roll a canary back: what served before gets all requests" },
];

/** @returns the slots, and which part of them is on the screen */
function shown({ cursor }: SlotsState, view: View) {
  const rows = slotRows(view);
  const ids = rows.map(({ slot }) => slot.slot);
  const attention = attentionLines(view, rows);
  const room = view.size.rows - attention.length;
  const below = Math.max(BELOW.rows, Math.floor(room * BELOW.share));
  /** Rows of the table without its headings. */
  const list = Math.max(1, Math.min(rows.length, room - below - 1));
  return { rows, ids, list, attention, window: windowOf(cursor, ids, list) };
}

function effectOf({ name }: Key, row: SlotRow, view: View): SlotsEffect | undefined {
  switch (name) {
    case "enter":
      return details(row, view);
    case "s":
      return pickSwap(row.slot, view);
    case "r":
      return planReload(row.slot);
    case "b":
      return slotNow(row.slot.slot, "rollback", (slot, now) => askRollback(slot, now));
    case "u":
      return slotNow(row.slot.slot, "unload", (slot) => askUnload({ ...row, slot }));
    case "l":
      return slotNow(row.slot.slot, "load", (slot) => askLoad({ ...row, slot }));
    case "P":
      return askCanary(row, "promote");
    case "A":
      return askCanary(row, "abort");
    default:
      return undefined;
  }
}

function details(row: SlotRow, view: View): SlotsEffect {
  const body = aboutLines(row, dialogColumns(view.size), view);
  return { kind: "dialog", dialog: { kind: "text", title: row.slot.slot, body, command: "syrinx slots" } };
}

function emptyLines({ engine, filter, size }: View): Line[] {
  const problem = engine.problems.slots;
  if (engine.known.slots)
    return [
      [
        tone(
          "dim",
          filter === "" ? "There are no slots: the config names no voice" : "No slot has these words",
        ),
      ],
    ];
  if (!problem) return [[tone("dim", "loading ...")]];
  return wrap(`The slots are not known: ${problem.message}`, size.columns).map((line) => [tone("bad", line)]);
}
