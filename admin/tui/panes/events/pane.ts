import type { EngineEvent } from "../../../../schemas/generated/event.ts";
import {
  AT_TOP,
  type Cursor,
  cursorOn,
  type Key,
  type Line,
  moved,
  tone,
  windowOf,
  wrap,
} from "../../screen/mod.ts";
import type { Change, Effect, Pane, Step, View } from "../pane.ts";
import { eventDialog } from "./event-dialog.ts";
import { eventLines, shownEvents } from "./event-list.ts";
import { LEVELS, type Level, slotOf } from "./event-text.ts";

export interface EventsState {
  /** The lowest level that is shown. */
  readonly level: Level;
  /** Absent: all events, also those of no slot. */
  readonly slot?: string;
  /** Absent: the newest are followed. */
  readonly frozen?: Frozen;
}

/** The list as it was at one moment. */
interface Frozen {
  readonly events: readonly EngineEvent[];
  /** How many events had come by then. */
  readonly count: number;
  readonly cursor: Cursor;
}

/** Rows of the pane that are no events: what is shown, and headings. */
const HEAD_ROWS = 2;

export const events: Pane<EventsState> = {
  name: "events",
  initial: { level: "info" },
  needs: ["slots"],
  key(state, key, view) {
    switch (key.name) {
      case " ":
        return { state: state.frozen ? following(state) : frozen(state, view) };
      case "f":
      case "end":
      case "G":
        return { state: following(state) };
      case "l": {
        const level = LEVELS[(LEVELS.indexOf(state.level) + 1) % LEVELS.length] ?? "info";
        return { state: { ...state, level } };
      }
      case "o":
        return { state, effects: [slotChoice(state, view)] };
      case "enter":
        return opened(state, view);
      default:
        return scrolled(state, key, view);
    }
  },
  draw(state, view) {
    const { engine, size, glyphs, now } = view;
    const rows = Math.max(0, size.rows - HEAD_ROWS);
    const shown = shownIn(state, view);
    const slots = engine.known.slots?.value.slots.map(({ slot }) => slot) ?? [];
    const head = statusLine(state, view, shown.length);
    if (shown.length === 0) return [head, [], ...emptyLines(state, view)];
    // While it follows, only the newest events are needed.
    const chosenAt = state.frozen ? windowOf(state.frozen.cursor, idsOf(shown), rows) : undefined;
    const top = chosenAt?.top ?? Math.max(0, shown.length - rows);
    const sight = {
      events: shown.slice(top, top + rows),
      chosen: chosenAt ? chosenAt.chosen - top : -1,
    };
    return [head, ...eventLines(sight, slots, size.columns, now, glyphs)];
  },
  hints: ({ frozen: isFrozen, level, slot }) => [
    { key: "Enter", what: "in full", help: "everything in the event, with stages and errors" },
    isFrozen
      ? { key: "f", what: "follow", help: "follow the newest again; End and Space do that too" }
      : { key: "Space", what: "freeze", help: "freeze the list while you read it; moving up does that too" },
    { key: "l", what: `level: ${level}`, help: "the lowest level that is shown: info, warn or error" },
    { key: "o", what: slot ?? "all slots", help: "show only the events of one slot" },
    { key: "/", what: "search", help: "show only events that have all these words" },
  ],
};

function shownIn({ level, slot, frozen: held }: EventsState, { engine, filter }: View) {
  const words = filter;
  return shownEvents(held?.events ?? engine.events, { level, words, ...(slot !== undefined && { slot }) });
}

function idsOf(list: readonly EngineEvent[]): string[] {
  return list.map(({ id }) => String(id));
}

/** @returns the list held as it is, the cursor on the newest */
function frozen(state: EventsState, view: View): EventsState {
  const { events: list, eventCount: count } = view.engine;
  const ids = idsOf(shownIn(state, view));
  const last = ids.at(-1);
  return { ...state, frozen: { events: list, count, cursor: last ? cursorOn(last, ids) : AT_TOP } };
}

function following({ frozen: _, ...rest }: EventsState): EventsState {
  return rest;
}

function scrolled(state: EventsState, key: Key, view: View): Step<EventsState> | undefined {
  const rows = view.size.rows - HEAD_ROWS;
  if (!state.frozen && (key.name === "up" || key.name === "k")) return { state: frozen(state, view) };
  // Below the newest there is nothing.
  if (!state.frozen && ["down", "j", "pagedown", "ctrl-f"].includes(key.name)) return { state };
  const held = state.frozen ? state : frozen(state, view);
  if (!held.frozen) return undefined;
  const cursor = moved(held.frozen.cursor, key, idsOf(shownIn(held, view)), rows);
  return cursor && { state: { ...held, frozen: { ...held.frozen, cursor } } };
}

function opened(state: EventsState, view: View): Step<EventsState> {
  const held = state.frozen ? state : frozen(state, view);
  const shown = shownIn(held, view);
  const { chosen } = windowOf(held.frozen?.cursor ?? AT_TOP, idsOf(shown), shown.length);
  const event = shown[chosen];
  if (!event) return { state };
  return { state: held, effects: [{ kind: "dialog", dialog: eventDialog(event, view.now) }] };
}

function slotChoice({ slot }: EventsState, { engine }: View): Effect<Change<EventsState>> {
  const known = engine.known.slots?.value.slots.map((one) => one.slot) ?? [];
  const told = engine.events.map(slotOf).filter((one) => one !== undefined);
  const names = [...new Set([...known, ...told])].sort();
  return {
    kind: "dialog",
    dialog: {
      kind: "choice",
      title: "Events of which slot",
      items: [{ label: "all", note: "of every slot, and of none" }, ...names.map((label) => ({ label }))],
      first: slot === undefined ? 0 : names.indexOf(slot) + 1,
      choose: (index) => (state) => {
        const { slot: _, ...rest } = state;
        const name = names[index - 1];
        return { state: { ...rest, ...(name !== undefined && { slot: name }) } };
      },
    },
  };
}

function statusLine(state: EventsState, { engine, glyphs }: View, shown: number): Line {
  const { frozen: held, level, slot } = state;
  const newer = held ? engine.eventCount - held.count : 0;
  const kept = held?.events.length ?? engine.events.length;
  return [
    " ",
    held
      ? tone("warn", `${glyphs.idle} frozen, ${newer} new since then: f follows`)
      : tone("good", `${glyphs.good} following`),
    tone("dim", `   ${level === "info" ? "every level" : `${level} and above`}   ${slot ?? "all slots"}`),
    tone("dim", shown < kept ? `   ${shown} of ${kept}` : ""),
  ];
}

function emptyLines({ level, slot }: EventsState, { engine, filter, size, glyphs }: View): Line[] {
  const { connection } = engine;
  if (engine.events.length > 0 && (filter !== "" || level !== "info" || slot !== undefined))
    return [[" No event fits: l and o show more, Esc removes the search."]];
  if (connection.state === "lost")
    return wrap(connection.error.message, size.columns - 4).map((row, index): Line => [
      tone("bad", index === 0 ? ` ${glyphs.bad} ${row}` : `   ${row}`),
    ]);
  return [[connection.state === "connected" ? " Nothing has happened yet." : " loading ..."]];
}
