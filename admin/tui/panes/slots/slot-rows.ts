import type { MemoryView, SlotView } from "../../../../schemas/generated/api.ts";
import type { SwapRecord } from "../../../../schemas/generated/swap.ts";
import { bindingText, wantedText } from "../../../client/mod.ts";
import { type Glyphs, hasWords, type Tone } from "../../screen/mod.ts";
import type { View } from "../pane.ts";

/** A slot, and what is known of it elsewhere. */
export interface SlotRow {
  readonly slot: SlotView;
  /** The swap that is under way. */
  readonly swap: SwapRecord | undefined;
  /** How many more swaps wait for it. */
  readonly waiting: number;
  /** The newest swap that is over. */
  readonly last: SwapRecord | undefined;
  /** Of all its processes, in bytes; undefined: not known. */
  readonly hostBytes: number | undefined;
  readonly gpuBytes: number | undefined;
}

/** Voices come first because they matter most. */
const ORDER: readonly SlotView["kind"][] = ["voice", "sink", "config-source"];

/** @returns the slots that fit the filter: the voices first, each kind in the order of the engine */
export function slotRows({ engine, filter }: View): SlotRow[] {
  const { slots, swaps, memory } = engine.known;
  const bySlot = Map.groupBy(swaps?.value.swaps ?? [], ({ slot }) => slot);
  const held = Map.groupBy(memory?.value.instances ?? [], ({ slot }) => slot);
  const all = (slots?.value.slots ?? []).toSorted(
    (one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind),
  );
  return all.flatMap((slot) => {
    const text = [slot.slot, slot.kind, stateWord(slot), bindingText(slot.running), wantedText(slot)];
    if (!hasWords(text.join(" "), filter)) return [];
    return [rowOf(slot, bySlot.get(slot.slot) ?? [], held.get(slot.slot) ?? [])];
  });
}

/** @param swaps of the slot, the newest first */
function rowOf(slot: SlotView, swaps: readonly SwapRecord[], held: MemoryView["instances"]): SlotRow {
  const open = swaps.filter(({ endedAt }) => endedAt === undefined);
  const swap = open.find(({ id }) => id === slot.swap) ?? open.at(-1);
  return {
    slot,
    swap,
    waiting: Math.max(0, open.length - 1),
    last: swaps.find(({ endedAt }) => endedAt !== undefined),
    hostBytes: sum(held.map(({ hostBytes }) => hostBytes)) ?? sum(slot.instances.map((one) => one.rssBytes)),
    gpuBytes: sum(held.map(({ gpuBytes }) => gpuBytes)),
  };
}

function sum(shares: readonly (number | undefined)[]): number | undefined {
  const known = shares.filter((share) => share !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, share) => total + share, 0);
}

/** @returns the state in a word; blocked: nothing serves, because the plugin asks for more than it was granted */
export function stateWord({ state, error }: SlotView): SlotView["state"] | "blocked" {
  return state === "failed" && error?.code === "plugin-blocked" ? "blocked" : state;
}

const SIGNS = {
  loading: ["busy", "warn"],
  ready: ["good", "good"],
  recovering: ["busy", "warn"],
  unloaded: ["idle", "dim"],
  failed: ["bad", "bad"],
  blocked: ["bad", "bad"],
  stopped: ["idle", "dim"],
} as const satisfies Record<ReturnType<typeof stateWord>, readonly [keyof Glyphs, Tone]>;

/** @returns the sign of the state, and what it means */
export function stateSign(slot: SlotView, glyphs: Glyphs): readonly [sign: string, tone: Tone] {
  const [glyph, meaning] = SIGNS[stateWord(slot)];
  return [glyphs[glyph], meaning];
}
