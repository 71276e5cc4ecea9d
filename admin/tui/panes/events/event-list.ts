import type { EngineEvent } from "../../../../schemas/generated/event.ts";
import { timeText } from "../../../client/mod.ts";
import {
  type Column,
  cells,
  type Glyphs,
  hasWords,
  type Line,
  pad,
  type Tone,
  tableLines,
  tone,
} from "../../screen/mod.ts";
import { eventText, LEVELS, type Level, levelOf, slotOf } from "./event-text.ts";

/** Which events are shown. */
export interface Filter {
  /** The lowest level that is shown. */
  readonly level: Level;
  /** Absent: all. */
  readonly slot?: string;
  /** Words that the line of an event has to contain. */
  readonly words: string;
}

/** Below this the kind stands before the text, not in a column of its own. */
const WIDE = 100;
/** The most that names of slots take, in cells. */
const MAX_SLOT = 24;
/** Cells that the text takes. */
const TEXT = { least: 20, most: 500 };

const TONES: Record<Level, Tone> = { info: "dim", warn: "warn", error: "bad" };

/** An event never changes, so its search text is made once. */
const searched = new WeakMap<EngineEvent, string>();

/** @returns the events that pass the filter, in their order */
export function shownEvents(events: readonly EngineEvent[], filter: Filter): readonly EngineEvent[] {
  const { level, slot, words } = filter;
  if (level === "info" && slot === undefined && words === "") return events;
  const least = LEVELS.indexOf(level);
  return events.filter(
    (event) =>
      LEVELS.indexOf(levelOf(event)) >= least &&
      (slot === undefined || slotOf(event) === slot) &&
      hasWords(searchedText(event), words),
  );
}

/** What is laid out: the events in sight, and which of them the cursor is on. */
export interface Sight {
  readonly events: readonly EngineEvent[];
  /** -1: none. */
  readonly chosen: number;
}

/**
 * @param slots all that there are, so that the columns stay where they are while events come
 * @param columns the width in cells
 * @param now in ms since 1970
 * @returns a line of headings, and one for each event
 */
export function eventLines(
  { events, chosen }: Sight,
  slots: readonly string[],
  columns: number,
  now: number,
  glyphs: Glyphs,
): Line[] {
  const isWide = columns >= WIDE;
  const names = [...slots, ...events.map((event) => slotOf(event) ?? "")];
  const slotWidth = Math.min(MAX_SLOT, Math.max(4, ...names.map(cells)));
  const signs: Record<Level, string> = { info: glyphs.idle, warn: glyphs.busy, error: glyphs.bad };
  const table: Column<EngineEvent>[] = [
    { title: "TIME", cell: ({ at }) => tone("dim", timeText(at, now)) },
    {
      title: "LEVEL",
      cell(event) {
        const level = levelOf(event);
        return tone(TONES[level], `${signs[level]} ${level.padEnd(5)}`);
      },
    },
    ...(isWide ? [{ title: "KIND", cell: ({ kind }: EngineEvent) => kind.padEnd(7) }] : []),
    {
      title: "SLOT",
      cell: (event) => tone("accent", pad(slotOf(event) ?? "-", slotWidth, "left", glyphs.more)),
    },
    {
      title: "WHAT",
      cell: (event) => (isWide ? eventText(event) : `${event.kind} ${eventText(event)}`),
      stretch: TEXT,
    },
  ];
  return tableLines(table, events, { chosen, top: 0, rows: events.length }, columns, glyphs);
}

function searchedText(event: EngineEvent): string {
  let text = searched.get(event);
  if (text === undefined) {
    text = `${levelOf(event)} ${event.kind} ${slotOf(event) ?? ""} ${eventText(event)}`;
    searched.set(event, text);
  }
  return text;
}
