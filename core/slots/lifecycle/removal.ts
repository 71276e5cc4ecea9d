/**
 * The end of a slot: everything of it goes, what is in flight last.
 *
 * @module
 */
import type { SyrinxError } from "../../errors.ts";
import { drain, dropRecovery, end, endParked } from "./ending.ts";
import {
  after,
  isBeforeRouted,
  rest,
  type SlotEffect,
  type SlotState,
  type Step,
  type Transition,
} from "./state.ts";

export function removed(state: SlotState, error: SyrinxError): Step {
  const begun: Step = {
    state: { ...state, removed: true, error, waiting: [], trial: undefined },
    effects: state.waiting.flatMap((transition) => failure(transition, error)),
  };
  const parts = [dropRecovery, endParked, dropSwap, drainLive];
  return parts.reduce((step, part) => after(step, (next) => part(next, error)), begun);
}

/** A swap that was not routed ends with its slot. */
function dropSwap(state: SlotState, error: SyrinxError): Step {
  const { swap, canary } = state;
  if (!swap || !(isBeforeRouted(swap) || swap.stage === "canary")) return rest(state);
  const dropped: Step = {
    state: { ...state, swap: undefined, canary: undefined },
    effects: [...failure(swap, error), ...(canary ? [{ type: "end-share" } as const] : [])],
  };
  const { instance, way } = swap;
  const mayServe = instance !== undefined && (canary || way === "back");
  return after(dropped, (next) => (mayServe ? drain(next, instance, undefined, false) : end(next, instance)));
}

function drainLive(state: SlotState, error: SyrinxError): Step {
  const instance = state.live?.instance;
  const without: Step = { state: { ...state, live: undefined }, effects: [] };
  const drained =
    instance === undefined ? without : after(without, (next) => drain(next, instance, undefined, false));
  return { ...drained, effects: [...drained.effects, { type: "give-up", error }] };
}

function failure(transition: Transition, error: SyrinxError): SlotEffect[] {
  return [
    { type: "record", transition: { ...transition, stage: "failed" } },
    { type: "finish", transition, error },
  ];
}
