/**
 * Which generation new utterances go to: what follows a proof, and a canary's way in and out.
 *
 * @module
 */
import { drain } from "./ending.ts";
import { makeLive } from "./make-live.ts";
import { finishSwap } from "./queue.ts";
import {
  after,
  type EventOf,
  type InstanceId,
  rest,
  type SlotState,
  type Step,
  type Transition,
} from "./state.ts";
import type { SyrinxError } from "../../errors.ts";

/** The new instance has proved itself: it serves, in part or wholly. */
export function probed(state: SlotState, swap: Transition, instance: InstanceId): Step {
  return swap.strategy === "canary" && state.live?.instance !== undefined
    ? tryOut(state, swap, instance)
    : route(state, swap, instance, state.lastGeneration + 1);
}

/** The canary takes the place of what serves. */
export function promoted(state: SlotState, { id, detail }: EventOf<"promoted">): Step {
  const { swap, canary } = state;
  if (swap?.id !== id || canary?.instance === undefined) return rest(state);
  const noted: Step = { state, effects: [{ type: "annotate", transition: swap, detail }] };
  return after(noted, (next) => route(next, swap, canary.instance ?? 0, canary.number));
}

/** No utterance goes to the canary any more; what it began it finishes. */
export function takeBack(state: SlotState, error: SyrinxError): Step {
  const { swap, canary } = state;
  if (swap?.stage !== "canary" || canary?.instance === undefined) return rest(state);
  const transition: Transition = { ...swap, stage: "draining", error };
  const taken: Step = {
    state: { ...state, swap: transition, canary: undefined, error },
    effects: [{ type: "record", transition, detail: error.message }, { type: "end-share" }],
  };
  const { instance } = canary;
  return after(taken, (next) => drain(next, instance, swap.id, false));
}

/** The process of the canary is gone: what it had in hand goes on with the live generation. */
export function canaryDied(state: SlotState, error: SyrinxError): Step {
  const taken: Step = { state: { ...state, canary: undefined, error }, effects: [{ type: "end-share" }] };
  return after(taken, (next) => finishSwap(next, "rolled-back", error));
}

function tryOut(state: SlotState, swap: Transition, instance: InstanceId): Step {
  if (!swap.binding) return rest(state);
  const generation = state.lastGeneration + 1;
  const { binding, id } = swap;
  const transition: Transition = { ...swap, stage: "canary" };
  return {
    state: {
      ...state,
      swap: transition,
      canary: { number: generation, binding, instance },
      lastGeneration: generation,
    },
    effects: [
      { type: "record", transition, generation },
      { type: "route-share", instance, generation, binding, swap: id },
    ],
  };
}

function route(state: SlotState, swap: Transition, instance: InstanceId, generation: number): Step {
  return after(makeLive(state, swap, instance, generation), replace);
}

/** What was replaced finishes what it began. */
function replace(state: SlotState): Step {
  const { swap } = state;
  const old = swap?.replaces?.instance;
  if (!swap || old === undefined) return finishSwap(state, "done");
  const transition: Transition = { ...swap, stage: "draining" };
  const draining: Step = {
    state: { ...state, swap: transition },
    effects: [{ type: "record", transition }],
  };
  return after(draining, (next) => drain(next, old, swap.id, false));
}
