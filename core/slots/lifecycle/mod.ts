/**
 * The life of a slot as a pure state machine: a state and an event give the next state, and what is to be done.
 * slot-machine.ts does it, and reports what came of it as further events. Every decision about a slot is made here and
 * nowhere else. README.md lists what holds in every state.
 *
 * @module
 */
import { drained, exited, unparked } from "./departure.ts";
import { type EventOf, rest, type SlotEvent, type Step } from "./events.ts";
import { requested, rollBack } from "./queue.ts";
import { restartNow } from "./recovery.ts";
import { removed } from "./removal.ts";
import { aborted, overdue, promoted } from "./routing.ts";
import type { SlotState } from "./state.ts";
import { takeBack } from "./taking-back.ts";
import { admitted, advanced, failed, roomy } from "./transition.ts";
import { errorCleared, loadPolicySet, rejected } from "./without-swap.ts";

export type { EffectOf, FailureContext, SlotEffect, SlotEvent } from "./events.ts";
export { servesInPlace } from "./queue.ts";
export {
  EMPTY_SLOT,
  type Generation,
  type InstanceId,
  isChanging,
  isLoading,
  type LoadReason,
  ownerOf,
  type SlotState,
  type Transition,
  type Turn,
  type Unloaded,
  type UnloadReason,
} from "./state.ts";

/** Works out what an event means for a slot. */
export function step(state: SlotState, event: SlotEvent): Step {
  switch (event.type) {
    case "requested":
      return requested(state, event);
    case "load-policy-set":
      return loadPolicySet(state, event.load);
    case "rejected":
      return rejected(state, event.error);
    case "error-cleared":
      return errorCleared(state, event);
    case "admitted":
      return admitted(state, event);
    case "roomy":
      return roomy(state, event);
    case "advanced":
      return advanced(state, event);
    case "failed":
      return failed(state, event);
    case "exited":
      return exited(state, event);
    case "drained":
      return drained(state, event);
    case "unparked":
      return unparked(state, event);
    case "promoted":
      return promoted(state, event);
    case "aborted":
      return aborted(state, event);
    case "overdue":
      return overdue(state, event);
    case "trial-failed":
      return trialFailed(state, event);
    case "trial-passed":
      return state.trial?.generation === event.generation
        ? rest({ ...state, trial: undefined })
        : rest(state);
    case "restart":
      return restartNow(state, event.id);
    case "removed":
      return removed(state, event);
  }
}

function trialFailed(state: SlotState, event: EventOf<"trial-failed">): Step {
  const { swap, trial, live } = state;
  if (swap?.phase === "canary" && swap.generation === event.generation)
    return takeBack(state, swap, event.error, "canary");
  return trial?.generation === event.generation && live?.number === event.generation
    ? rollBack(state, event)
    : rest(state);
}
