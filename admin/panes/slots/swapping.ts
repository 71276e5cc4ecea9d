/**
 * Asks for swaps, and tells how they end.
 *
 * @module
 */
import type { SwapRecord } from "../../../schemas/generated/swap.ts";
import type { Request } from "../../client/mod.ts";
import { errorDialog } from "../engine-error.ts";
import { ask, type Change, type Effect, type Step, type View } from "../pane.ts";
import { isGoodEnd, outcomeText, swapText } from "./outcome-text.ts";
import type { SlotsState } from "./slots-state.ts";

export type SlotsEffect = Effect<Change<SlotsState>>;

/**
 * @param what e.g. "swap", for the title of an error
 * @returns the effect of asking for a swap, whose end is told by {@linkcode told}
 */
export function begin(slot: string, what: string, request: Request<SwapRecord>): SlotsEffect {
  return ask(`${slot}: asking for the ${what}`, request, (outcome) => (state, view) => {
    if (!outcome.ok) return { state, effects: [errorDialog(`${slot}: no ${what}`, outcome.error)] };
    const { id } = outcome.value;
    const begun = [...state.begun.filter((one) => one !== id), id];
    const next = told({ ...state, begun }, view);
    if (next) return next;
    const text = `${slot}: the ${swapText(outcome.value)} is under way`;
    return { state: { ...state, begun }, effects: [{ kind: "notice", tone: "plain", text }] };
  });
}

/** @returns what is said of swaps that were asked for here and are over by now; undefined: nothing */
export function told(state: SlotsState, { engine }: View): Step<SlotsState> | undefined {
  const swaps = engine.known.swaps?.value.swaps ?? [];
  const over = swaps.filter(({ id, endedAt }) => endedAt !== undefined && state.begun.includes(id));
  if (over.length === 0) return undefined;
  const slots = engine.known.slots?.value.slots ?? [];
  const effects = over.toReversed().map((swap): SlotsEffect => {
    const slot = slots.find((one) => one.slot === swap.slot);
    const text = `${swap.slot}: ${outcomeText(swap, slot)}`;
    return { kind: "notice", tone: isGoodEnd(swap) ? "good" : "bad", text };
  });
  return {
    state: { ...state, begun: state.begun.filter((id) => !over.some((swap) => swap.id === id)) },
    effects,
  };
}
