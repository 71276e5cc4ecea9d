/**
 * The life of a slot as a pure state machine: state and event give the next state and what is to be done. slot.ts does
 * it, and feeds what came of it back as events. Every decision that changes a slot is made here and nowhere else.
 *
 *     planned → admitted → starting → loading → restoring → probing → [canary →] routed → draining → done
 *           any stage before routed fails → what serves never stopped serving, or is loaded again → failed
 *           the canary is taken back, or what was routed makes too many errors → rolled-back
 *     recreate:  planned → admitted → draining → starting → … → routed → done
 *     rollback to an instance that still runs:  planned → restoring → routed → draining → done
 *     live settings alone differ:  planned → routed → done, by the same instance
 *     unload:    planned → draining → done
 *
 * What holds in every state (tests/unit/core/slots/lifecycle/lifecycle-laws.test.ts runs it through random events):
 *  - one swap at a time; the others wait in order, and only a rollback goes before them;
 *  - a generation's number only grows, and only when a new binding is routed;
 *  - at most two generations have processes at once, what is parked included;
 *  - an instance is asked to end at most once, and never while utterances are routed to it;
 *  - every swap finishes exactly once;
 *  - when nothing can happen any more, either something serves, or the slot was unloaded, or those who wait were told.
 *
 * @module
 */
import { drained, exited } from "./departure.ts";
import { end } from "./ending.ts";
import { requested, rollBack } from "./queue.ts";
import { restartNow } from "./recovery.ts";
import { removed } from "./removal.ts";
import { promoted, takeBack } from "./routing.ts";
import { type EventOf, rest, type SlotEvent, type SlotState, type Step } from "./state.ts";
import { admitted, advanced, failed, roomy } from "./transition.ts";

export { servesInPlace } from "./queue.ts";
export {
  type EffectOf,
  EMPTY_SLOT,
  type Generation,
  type InstanceId,
  type SlotEffect,
  type SlotEvent,
  type SlotState,
  type Transition,
  type Unloaded,
} from "./state.ts";

/** Works out what an event means for a slot. */
export function step(state: SlotState, event: SlotEvent): Step {
  switch (event.type) {
    case "requested":
      return requested(state, event);
    case "admitted":
      return admitted(state, event);
    case "roomy":
      return roomy(state, event);
    case "advanced":
      return advanced(state, event);
    case "failed":
      return failed(state, event.instance, event);
    case "exited":
      return exited(state, event.instance, event);
    case "drained":
      return drained(state, event);
    case "unparked":
      return unparked(state, event);
    case "promoted":
      return promoted(state, event);
    case "aborted":
      return state.swap?.id === event.id ? takeBack(state, event.error) : rest(state);
    case "trial-failed":
      return trialFailed(state, event);
    case "trial-passed":
      return state.trial?.generation === event.generation
        ? rest({ ...state, trial: undefined })
        : rest(state);
    case "restart":
      return restartNow(state, event.id);
    case "removed":
      return removed(state, event.error);
  }
}

function unparked(state: SlotState, { instance }: EventOf<"unparked">): Step {
  return state.parked?.instance === instance ? end({ ...state, parked: undefined }, instance) : rest(state);
}

function trialFailed(state: SlotState, event: EventOf<"trial-failed">): Step {
  if (state.canary?.number === event.generation) return takeBack(state, event.error);
  return state.trial?.generation === event.generation && state.live?.number === event.generation
    ? rollBack(state, event)
    : rest(state);
}
