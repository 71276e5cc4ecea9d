import type { SlotView } from "../../../schemas/generated/api.ts";
import {
  AT_TOP,
  type Cursor,
  moved,
  type Part,
  tableLines,
  tone,
  type Tone,
  windowOf,
} from "../../screen/mod.ts";
import type { Column } from "../../screen/mod.ts";
import type { Glyphs } from "../../screen/mod.ts";
import type { Pane, View } from "../pane.ts";

interface SlotsState {
  readonly cursor: Cursor;
}

export const slots: Pane<SlotsState> = {
  name: "slots",
  initial: { cursor: AT_TOP },
  needs: ["status", "slots", "memory", "swaps", "plugins", "models"],
  key(state, key, view) {
    const ids = shown(view).map(({ slot }) => slot);
    const cursor = moved(state.cursor, key, ids, view.size.rows - 1);
    return cursor && { state: { ...state, cursor } };
  },
  draw({ cursor }, view) {
    const items = shown(view);
    const window = windowOf(
      cursor,
      items.map(({ slot }) => slot),
      view.size.rows - 1,
    );
    return tableLines(columnsFor(view.glyphs), items, window, view.size.columns, view.glyphs);
  },
  hints: () => [],
};

function shown({ engine, filter }: View): SlotView[] {
  return (engine.known.slots?.value.slots ?? []).filter(({ slot }) => slot.includes(filter));
}

const TONES: Record<SlotView["state"], Tone> = {
  loading: "warn",
  ready: "good",
  recovering: "warn",
  unloaded: "dim",
  failed: "bad",
  stopped: "dim",
};

function columnsFor(glyphs: Glyphs): Column<SlotView>[] {
  return [
    { title: "SLOT", cell: ({ slot }) => slot, most: 30 },
    { title: "STATE", cell: ({ state }): Part => tone(TONES[state], `${glyphs.good} ${state}`) },
    { title: "BINDING", cell: ({ running }) => running?.model ?? running?.plugin ?? "-", most: 40 },
    { title: "GEN", cell: ({ generation }) => String(generation), align: "right" },
  ];
}
