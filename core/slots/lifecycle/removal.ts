/**
 * The end of a slot: all its instances end, and those in use finish what they began.
 *
 * @module
 */
import type { SyrinxError } from "../../errors.ts";
import { drain, dropRecovery, end, endParked } from "./ending.ts";
import { after, closing, doing, type EventOf, rest, type Step } from "./events.ts";
import type { SlotState } from "./state.ts";

export function removed(state: SlotState, { error }: EventOf<"removed">): Step {
  const begun = doing(
    { ...state, removed: true, error, waiting: [], trial: undefined },
    ...state.waiting.flatMap((transition) => closing(transition, "failed", { error })),
  );
  const parts = [dropRecovery, endParked, dropSwap, drainLive];
  return parts.reduce((step, part) => after(step, (next) => part(next, error)), begun);
}

/** A swap that was not routed ends with its slot. */
function dropSwap(state: SlotState, error: SyrinxError): Step {
  const { swap } = state;
  if (!swap || swap.phase === "taking-back" || swap.phase === "replacing" || swap.phase === "unloading")
    return rest(state);
  const { transition, instance } = swap;
  const dropped = doing(
    { ...state, swap: undefined },
    ...closing(transition, "failed", { error }),
    ...(swap.phase === "canary" ? [{ type: "end-share" } as const] : []),
  );
  const mayServe = swap.phase === "canary" || (swap.phase === "preparing" && swap.way === "back");
  return after(dropped, (next) => (mayServe ? drain(next, instance, undefined, false) : end(next, instance)));
}

function drainLive(state: SlotState, error: SyrinxError): Step {
  const instance = state.live?.instance;
  const without: SlotState = { ...state, live: undefined };
  const drained = instance === undefined ? rest(without) : drain(without, instance, undefined, false);
  return after(drained, (next) => doing(next, { type: "give-up", error }));
}
