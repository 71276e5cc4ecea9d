import { timeText } from "../../../client/mod.ts";
import {
  AT_TOP,
  type Column,
  cells,
  hasWords,
  type Line,
  moved,
  tableLines,
  tone,
  windowOf,
} from "../../screen/mod.ts";
import type { Pane, Step, View } from "../pane.ts";
import { told } from "../swaps/begun-swaps.ts";
import { rejectionDialog, rejectionLines, showVersion, versionLines } from "./config-details.ts";
import { endSpan, kindText, ofText, searchText, tookOf, whatText, whichText, whyText } from "./entry-text.ts";
import type { HistoryState } from "./history-state.ts";
import { rollBack } from "./roll-back.ts";
import { swapDialog, swapLines } from "./swap-details.ts";
import { type Entry, timelineOf } from "./timeline.ts";

/** With this many rows there is room for details below the list. */
const ROOMY_ROWS = 34;
const DETAIL_SHARE = 0.45;
/** With this many columns there is one for the reason. */
const WIDE_COLUMNS = 110;
/** After this time a page that has not come is requested again, in ms. */
const PATIENCE_MS = 3_000;

export const history: Pane<HistoryState> = {
  name: "history",
  initial: { cursor: AT_TOP, begun: [] },
  needs: ["swaps", "versions", "slots"],
  key(state, key, view) {
    const entries = shown(view);
    const entry = chosenOf(state, entries);
    if (key.name === "enter") return entry ? opened(state, entry, view) : { state };
    if (key.name === "b") return entry ? { state, effects: [rollBack(entry, view)] } : { state };
    const ids = entries.map(({ id }) => id);
    const cursor = moved(state.cursor, key, ids, listRows(view));
    return cursor && withOlder({ ...state, cursor }, ids.length, view);
  },
  heard: told,
  draw(state, view) {
    const { size, glyphs, filter } = view;
    const problems = problemLines(view);
    if (!view.engine.known.swaps) return problems.length > 0 ? problems : [[tone("dim", "loading ...")]];
    const entries = shown(view);
    const entry = chosenOf(state, entries);
    if (!entry)
      return [
        ...problems,
        [tone("dim", filter === "" ? "Nothing has happened yet." : "Nothing here has these words.")],
      ];
    const window = windowOf(
      state.cursor,
      entries.map(({ id }) => id),
      listRows(view),
    );
    const list = tableLines(columnsFor(view), entries, window, size.columns, glyphs);
    const filled = Array.from({ length: listRows(view) + 1 }, (_, row): Line => list[row] ?? []);
    return [...problems, ...filled, ...olderLines(view), ...detailLines(entry, view)];
  },
  hints: () => [
    {
      key: "Enter",
      what: "details",
      help: "the stages of a swap with their times, or what a version of the config has changed",
    },
    {
      key: "b",
      what: "roll back to here",
      help: "go back to that version of the config, or to the binding of that time; on the current one, to the one before",
    },
  ],
};

function shown(view: View): Entry[] {
  return timelineOf(view.engine).filter((entry) => hasWords(searchText(entry, view.glyphs), view.filter));
}

function chosenOf({ cursor }: HistoryState, entries: readonly Entry[]): Entry | undefined {
  return entries[
    windowOf(
      cursor,
      entries.map(({ id }) => id),
      entries.length,
    ).chosen
  ];
}

function opened(state: HistoryState, entry: Entry, view: View): Step<HistoryState> {
  switch (entry.kind) {
    case "swap":
      return { state, effects: [{ kind: "dialog", dialog: swapDialog(entry, view) }] };
    case "version":
      return { state, effects: [showVersion(entry.version)] };
    case "rejection":
      return { state, effects: [{ kind: "dialog", dialog: rejectionDialog(entry, view) }] };
  }
}

/** Asks for older swaps when the cursor comes near the end of those that are known. */
function withOlder(state: HistoryState, count: number, view: View): Step<HistoryState> {
  const before = view.engine.known.swaps?.value.before;
  const { asked, cursor } = state;
  const isNear = cursor.index >= count - listRows(view);
  const isAsked = asked?.before === before && view.now - (asked?.at ?? 0) < PATIENCE_MS;
  if (before === undefined || !isNear || isAsked) return { state };
  return {
    state: { ...state, asked: { before, at: view.now } },
    effects: [{ kind: "older-swaps", before }],
  };
}

/** Rows of the list, without its headings. */
function listRows(view: View): number {
  const { rows } = view.size;
  const detail = rows >= ROOMY_ROWS ? Math.floor(rows * DETAIL_SHARE) : 0;
  return Math.max(1, rows - 1 - problemLines(view).length - olderLines(view).length - detail);
}

function problemLines({ engine, glyphs }: View): Line[] {
  const { swaps, versions } = engine.problems;
  return [
    ...(swaps ? [[tone("bad", `${glyphs.bad} ${swaps.message}`)]] : []),
    ...(versions && !swaps
      ? [[tone("warn", `Only swaps are shown, without the config: ${versions.message}`)]]
      : []),
  ];
}

function olderLines({ engine }: View): Line[] {
  return engine.known.swaps?.value.before === undefined
    ? []
    : [[tone("dim", " There are older ones: End goes further back")]];
}

function columnsFor({ glyphs, now, size }: View): Column<Entry>[] {
  const isWide = size.columns >= WIDE_COLUMNS;
  const what = (entry: Entry) => whatText(entry, glyphs);
  const whatAndWhy = (entry: Entry) => {
    const why = whyText(entry);
    return [what(entry), why === "" ? "" : `(${why})`].filter((part) => part !== "").join(" ");
  };
  const end: Column<Entry>[] = [
    { title: "END", cell: (entry) => endSpan(entry, glyphs) },
    { title: "TOOK", cell: (entry) => tookOf(entry, now), align: "right" },
  ];
  const stretch = { least: 20, most: 160 };
  return [
    { title: "TIME", cell: ({ at }) => tone("dim", timeText(new Date(at).toISOString(), now)) },
    ...(isWide
      ? [
          { title: "KIND", cell: kindText },
          { title: "OF", cell: (entry: Entry) => tone("accent", whichText(entry)), most: 40 },
          ...end,
          { title: "WHY", cell: whyText, most: 40 },
          { title: "WHAT", cell: what, stretch },
        ]
      : [
          { title: "OF", cell: (entry: Entry) => tone("accent", ofText(entry)), most: 20 },
          ...end,
          { title: "WHAT", cell: whatAndWhy, stretch },
        ]),
  ];
}

/** What is chosen, where there is room for it. */
function detailLines(entry: Entry, view: View): Line[] {
  const { size, glyphs } = view;
  if (size.rows < ROOMY_ROWS) return [];
  const columns = Math.min(size.columns - 2, 140);
  const title = `${glyphs.horizontal.repeat(2)} ${kindText(entry)} ${whichText(entry)} `;
  const rule = title + glyphs.horizontal.repeat(Math.max(0, size.columns - cells(title)));
  const lines =
    entry.kind === "swap"
      ? swapLines(entry.swap, columns, view)
      : entry.kind === "version"
        ? versionLines(entry.version, columns, glyphs)
        : rejectionLines(entry.rejection, columns, glyphs);
  return [[tone("dim", rule)], ...lines.map((line): Line => [" ", ...line])].slice(
    0,
    Math.floor(size.rows * DETAIL_SHARE),
  );
}
