/**
 * A transition on its way from planned to routed, or to failed.
 *
 * @module
 */
import type { SyrinxError } from "../../errors.ts";
import { drain, dropRecovery, end, endParked, isClear } from "./ending.ts";
import { finishSwap } from "./queue.ts";
import { recovered, recoveryFailed, revive } from "./recovery.ts";
import { probed } from "./routing.ts";
import {
  after,
  type EventOf,
  type InstanceId,
  isBeforeRouted,
  type FailureContext,
  rest,
  type SlotEffect,
  type SlotState,
  type Step,
  type Transition,
} from "./state.ts";

/** There is room for the instance of a transition. */
export function admitted(state: SlotState, { instance, way, detail }: EventOf<"admitted">): Step {
  const which = ownerOf(state, instance);
  const planned = which && state[which];
  if (!which || planned?.stage !== "planned" || planned.error) return rest(state);
  const transition: Transition = { ...planned, stage: "admitted", way };
  const recorded: Step = {
    state: { ...state, [which]: transition },
    effects: [{ type: "record", transition, detail }],
  };
  if (which === "recovery") return after(recorded, (next) => start(next, "recovery"));
  const alone = after(recorded, endParked);
  return after(way === "after-unload" ? after(alone, unloadLive) : alone, proceed);
}

/** Starts the new instance once nothing is in its way any more. */
export function proceed(state: SlotState): Step {
  const { swap } = state;
  if (!swap?.binding || swap.error || swap.awaitsRoom || !isClear(state)) return rest(state);
  if (swap.stage === "admitted" && swap.way === "beside") return start(state, "swap");
  if (!isBeforeRouted(swap) || swap.way !== "after-unload" || !isUnstarted(swap)) return rest(state);
  return {
    state: { ...state, swap: { ...swap, awaitsRoom: true } },
    effects: swap.instance === undefined ? [] : [{ type: "await-room", instance: swap.instance }],
  };
}

/** The device shows the room for an instance, or was waited for long enough. */
export function roomy(state: SlotState, { instance }: EventOf<"roomy">): Step {
  const { swap } = state;
  if (swap?.instance !== instance || !swap.awaitsRoom || swap.error) return rest(state);
  return start({ ...state, swap: { ...swap, awaitsRoom: false } }, "swap");
}

/** What follows the stages that every new instance goes through, and what is done in it. */
const NEXT_STAGE = {
  starting: ["loading", "load"],
  loading: ["restoring", "restore"],
  restoring: ["probing", "probe"],
} as const;

export function advanced(state: SlotState, { instance, detail }: EventOf<"advanced">): Step {
  const which = ownerOf(state, instance);
  const before = which && state[which];
  if (!which || !before || before.error) return rest(state);
  const noted: Step = {
    state,
    effects: detail === undefined ? [] : [{ type: "annotate", transition: before, detail }],
  };
  return after(noted, (next) => goOn(next, which, before, instance));
}

function goOn(state: SlotState, which: "swap" | "recovery", before: Transition, instance: InstanceId): Step {
  const { stage, way } = before;
  // An instance that served before needs no proof.
  if (stage === "probing" || (stage === "restoring" && way === "back"))
    return which === "swap" ? probed(state, before, instance) : recovered(state, before, instance);
  if (stage !== "starting" && stage !== "loading" && stage !== "restoring") return rest(state);
  const [next, work] = NEXT_STAGE[stage];
  const transition: Transition = { ...before, stage: next };
  const effect: SlotEffect =
    // A rollback must not be kept out by the state of what it takes away.
    work === "restore"
      ? { type: work, instance, mustTake: before.reason !== "rollback" }
      : { type: work, instance };
  return {
    state: { ...state, [which]: transition },
    effects: [{ type: "record", transition }, effect],
  };
}

/** The stage that an instance was in has failed. */
export function failed(state: SlotState, instance: InstanceId, failure: FailureContext): Step {
  const { error } = failure;
  const { swap, recovery } = state;
  if (swap?.instance === instance && isBeforeRouted(swap) && !swap.error)
    return end({ ...state, swap: { ...swap, error }, error }, instance);
  return recovery?.instance === instance ? recoveryFailed(state, recovery, failure) : rest(state);
}

/** The process of a swap that fails is gone. */
export function swapFailed(state: SlotState, error: SyrinxError, failure: FailureContext): Step {
  const emptied = state.swap?.way === "after-unload";
  const finished = finishSwap(state, "failed", error);
  const { live, swap, recovery } = finished.state;
  if (live?.instance !== undefined || recovery) return finished;
  if (emptied && live) return after(finished, (next) => revive(next, failure));
  // Nothing has served yet, or what did is in a crash loop, and this swap was its last hope.
  return swap ? finished : { ...finished, effects: [...finished.effects, { type: "give-up", error }] };
}

/** @returns which of the transitions an instance is of */
export function ownerOf(
  { swap, recovery }: SlotState,
  instance: InstanceId,
): "swap" | "recovery" | undefined {
  if (swap?.instance === instance) return "swap";
  return recovery?.instance === instance ? "recovery" : undefined;
}

function start(state: SlotState, which: "swap" | "recovery"): Step {
  const before = state[which];
  if (!before?.binding || before.instance === undefined) return rest(state);
  const transition: Transition = { ...before, stage: "starting" };
  return {
    state: { ...state, [which]: transition },
    effects: [
      { type: "record", transition },
      { type: "start", instance: before.instance, binding: before.binding },
    ],
  };
}

/** Recreate: new utterances wait while what serves finishes what it began, and ends. */
function unloadLive(state: SlotState): Step {
  const { live, swap } = state;
  if (!live || !swap) return rest(state);
  const without = dropRecovery({ ...state, live: { ...live, instance: undefined } });
  const old = live.instance;
  if (old === undefined) return without;
  const transition: Transition = { ...swap, stage: "draining" };
  const recorded = after(without, (next): Step => ({
    state: { ...next, swap: transition },
    effects: [{ type: "record", transition }],
  }));
  return after(recorded, (next) => drain(next, old, swap.id, true));
}

function isUnstarted({ stage }: Transition): boolean {
  return stage === "admitted" || stage === "draining";
}
