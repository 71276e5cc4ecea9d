/**
 * What it means for a slot that an instance is drained, or gone.
 *
 * @module
 */
import type { SyrinxError } from "../../errors.ts";
import { sameBinding } from "../../releases/mod.ts";
import { end, forget } from "./ending.ts";
import { after, doing, type EventOf, type FailureContext, rest, type Step } from "./events.ts";
import { finishSwap, finishUnload } from "./queue.ts";
import { restart } from "./recovery.ts";
import { canaryDied } from "./routing.ts";
import type { InstanceId, RunningGeneration, SlotState } from "./state.ts";
import { proceed, swapFailed } from "./transition.ts";

/** Nobody holds an instance any more: it is parked if a rollback may need it, else it is asked to end. */
export function drained(state: SlotState, event: EventOf<"drained">): Step {
  const { instance, parkForMs } = event;
  if (!state.draining.has(instance)) return rest(state);
  const replaced = replacedBy(state, event);
  if (!replaced || parkForMs === 0) return end(state, instance);
  const parked = doing(
    { ...forget(state, instance), parked: replaced },
    { type: "park", instance, ms: parkForMs },
  );
  return after(parked, (next) => finishSwap(next, "done"));
}

/** A parked instance has been kept for long enough. */
export function unparked(state: SlotState, { instance }: EventOf<"unparked">): Step {
  return state.parked?.instance === instance ? end({ ...state, parked: undefined }, instance) : rest(state);
}

/**
 * The process of an instance is gone. Those who hold its generations go on elsewhere, unless another process takes its
 * place.
 */
export function exited(state: SlotState, { instance, ...failure }: EventOf<"exited">): Step {
  return after(leave(state, instance, failure), (next) => expire(next, instance, failure.error));
}

/**
 * @returns the generation to which a rollback could lead back: the swap that is under way has replaced it, with another
 *   binding, and none of its utterances hangs
 */
function replacedBy(
  { swap, draining, ending, removed }: SlotState,
  { instance, left }: EventOf<"drained">,
): RunningGeneration | undefined {
  if (swap?.phase !== "replacing" || removed || left > 0) return undefined;
  const { replaces, transition } = swap;
  const waits = replaces.instance === instance && draining.get(instance) === transition.id;
  if (!waits || ending.has(instance) || sameBinding(replaces.binding, transition.binding)) return undefined;
  return replaces;
}

function leave(state: SlotState, instance: InstanceId, failure: FailureContext): Step {
  const { live, swap, draining } = state;
  const { error } = failure;
  if (live?.instance === instance)
    return restart({ ...state, live: { ...live, instance: undefined }, error }, failure);
  if (swap?.phase === "canary" && swap.instance === instance) return canaryDied(state, error);
  const isAwaited = swap !== undefined && draining.get(instance) === swap.transition.id;
  const next = forget(state, instance);
  if (swap?.phase === "failing" && swap.instance === instance) return swapFailed(next, swap, failure);
  if (isAwaited && swap.phase === "taking-back") return finishSwap(next, "rolled-back", swap.error, swap.by);
  if (isAwaited && swap.phase === "replacing") return finishSwap(next, "done");
  // A stage that is under way fails by itself when its process goes.
  return after(proceed(next), finishUnload);
}

function expire(state: SlotState, instance: InstanceId, error: SyrinxError): Step {
  const { live, recovery, swap } = state;
  const goesOn = live !== undefined && (live.instance !== undefined || recovery !== undefined);
  return doing(state, {
    type: "expire",
    instance,
    except: goesOn ? live.number : undefined,
    error,
    swap: swap?.transition.id,
  });
}
