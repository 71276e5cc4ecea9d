/**
 * What it means for a slot that an instance is drained, or gone.
 *
 * @module
 */
import { end, forget } from "./ending.ts";
import { finishSwap, finishUnload } from "./queue.ts";
import { restart } from "./recovery.ts";
import { canaryDied } from "./routing.ts";
import {
  after,
  type EventOf,
  type InstanceId,
  type FailureContext,
  rest,
  type SlotState,
  type Step,
} from "./state.ts";
import { proceed, swapFailed } from "./transition.ts";

/** Nobody holds an instance that was replaced: it is parked if a rollback may need it, else it is asked to end. */
export function drained(state: SlotState, { instance, mayPark }: EventOf<"drained">): Step {
  const { swap } = state;
  if (!state.draining.has(instance)) return rest(state);
  const isReplaced = swap?.replaces?.instance === instance && swap.id === state.draining.get(instance);
  if (!mayPark || state.removed || !isReplaced || swap.error || state.ending.has(instance))
    return end(state, instance);
  const parked: Step = {
    state: { ...forget(state, instance), parked: swap.replaces },
    effects: [{ type: "park", instance }],
  };
  return after(parked, (next) => finishSwap(next, "done"));
}

/** The process of an instance is gone. */
export function exited(state: SlotState, instance: InstanceId, failure: FailureContext): Step {
  const { live, canary } = state;
  const { error } = failure;
  if (live?.instance === instance)
    return restart({ ...state, live: { ...live, instance: undefined }, error }, failure);
  if (canary?.instance === instance) return canaryDied(state, error);
  const swapOfDrained = state.draining.get(instance);
  const next = forget(state, instance);
  const { swap } = next;
  if (swap?.instance === instance && swap.error && swap.stage !== "draining")
    return swapFailed(next, swap.error, failure);
  if (swap?.binding && swapOfDrained === swap.id && swap.way !== "after-unload")
    return swap.error ? finishSwap(next, "rolled-back", swap.error) : finishSwap(next, "done");
  // A stage that is under way fails by itself when its process goes.
  return after(proceed(next), finishUnload);
}
