/**
 * A swap or a recovery on its way from planned to routed, or to failed.
 *
 * @module
 */
import { drain, dropRecovery, end, endParked, isClear } from "./ending.ts";
import {
  after,
  doing,
  type EventOf,
  type FailureContext,
  rest,
  type SlotEffect,
  type Step,
} from "./events.ts";
import { finishSwap } from "./queue.ts";
import { recovered, recoveryFailed, revive } from "./recovery.ts";
import { probed } from "./routing.ts";
import {
  type Failing,
  type InstanceId,
  type Load,
  ownerOf,
  type Preparing,
  type SlotState,
  type Way,
  withProgress,
} from "./state.ts";

/**
 * There is memory for an instance. Parked instances end before a new one starts. What serves ends first where both do
 * not fit (recreate); beside it otherwise (blue-green).
 */
export function admitted(state: SlotState, { instance, way, detail }: EventOf<"admitted">): Step {
  const { swap, recovery } = state;
  if (recovery?.phase === "admitting" && recovery.instance === instance) {
    const { transition } = recovery;
    const recorded = doing(state, { type: "record", transition, stage: "admitted", detail });
    return after(recorded, (next) => start(next, "recovery", { transition, instance, way: "beside" }));
  }
  if (swap?.phase !== "admitting" || swap.instance !== instance) return rest(state);
  const { transition } = swap;
  const recorded = doing(
    { ...state, swap: { phase: "making-room", transition, instance, way, awaitsRoom: false } },
    { type: "record", transition, stage: "admitted", detail },
  );
  const alone = after(recorded, endParked);
  return after(
    way === "after-unload" ? after(alone, (next) => unloadLive(next, transition)) : alone,
    proceed,
  );
}

/** Starts the new instance once nothing is in its way any more. */
export function proceed(state: SlotState): Step {
  const { swap } = state;
  if (swap?.phase !== "making-room" || swap.awaitsRoom || !isClear(state)) return rest(state);
  if (swap.way === "beside") return start(state, "swap", swap);
  return doing(
    { ...state, swap: { ...swap, awaitsRoom: true } },
    { type: "await-room", instance: swap.instance },
  );
}

/** The device shows the room for an instance, or was waited for long enough. */
export function roomy(state: SlotState, { instance }: EventOf<"roomy">): Step {
  const { swap } = state;
  if (swap?.phase !== "making-room" || swap.instance !== instance || !swap.awaitsRoom) return rest(state);
  return start(state, "swap", swap);
}

/** The stage that an instance was in has succeeded: the next one follows, or it serves. */
export function advanced(state: SlotState, { instance, detail }: EventOf<"advanced">): Step {
  const owner = ownerOf(state, instance);
  const present = owner && state[owner];
  if (!owner || present?.phase !== "preparing") return rest(state);
  const { transition, stage } = present;
  const noted =
    detail === undefined ? rest(state) : doing(state, { type: "annotate", id: transition.id, stage, detail });
  return after(noted, (next) => goOn(next, owner, present));
}

/** The stage that an instance was in has failed. */
export function failed(state: SlotState, { instance, ...failure }: EventOf<"failed">): Step {
  const { error } = failure;
  const { swap, recovery } = state;
  if (recovery && recovery.phase !== "delayed" && recovery.instance === instance)
    return recoveryFailed(state, recovery, failure);
  if (swap?.phase !== "admitting" && swap?.phase !== "making-room" && swap?.phase !== "preparing")
    return rest(state);
  if (swap.instance !== instance) return rest(state);
  const { transition } = swap;
  const hasUnloaded = swap.phase !== "admitting" && swap.way === "after-unload";
  const failing: Failing = { phase: "failing", transition, instance, error, hasUnloaded };
  return end({ ...state, swap: failing, error }, instance);
}

/**
 * The process of a swap that fails is gone. What served before never stopped, or is loaded again as the generation that
 * it was.
 */
export function swapFailed(state: SlotState, { error, hasUnloaded }: Failing, failure: FailureContext): Step {
  const finished = finishSwap(state, "failed", error);
  const { live, swap, recovery } = finished.state;
  if (live?.instance !== undefined || recovery) return finished;
  if (hasUnloaded && live) return after(finished, (next) => revive(next, failure));
  // Nothing has served yet, or what did is in a crash loop, and this swap was its last hope.
  return swap ? finished : after(finished, (next) => doing(next, { type: "give-up", error }));
}

/** What follows each stage of a process that gets ready. */
const NEXT_STAGE = {
  starting: "loading",
  loading: "restoring",
  restoring: "probing",
} as const;

function goOn(state: SlotState, owner: "swap" | "recovery", present: Preparing): Step {
  const { transition, instance, stage, way } = present;
  // An instance that served before needs no probe.
  if (stage === "probing" || (stage === "restoring" && way === "back"))
    return owner === "swap" ? probed(state, present) : recovered(state, present);
  const next = NEXT_STAGE[stage];
  return doing(
    withProgress(state, owner, { ...present, stage: next }),
    { type: "record", transition, stage: next },
    workOf(next, transition, instance, state.live?.instance),
  );
}

function workOf(
  stage: "loading" | "restoring" | "probing",
  { id, reason }: Load,
  instance: InstanceId,
  from: InstanceId | undefined,
): SlotEffect {
  switch (stage) {
    case "loading":
      return { type: "load", instance };
    case "restoring":
      // In a rollback, the instance may refuse the newer state.
      return { type: "restore", instance, from, id, mustTake: reason !== "rollback" };
    case "probing":
      return { type: "probe", instance };
  }
}

function start(
  state: SlotState,
  owner: "swap" | "recovery",
  { transition, instance, way }: { transition: Load; instance: InstanceId; way: Way },
): Step {
  const starting: Preparing = { phase: "preparing", transition, instance, way, stage: "starting" };
  return doing(
    withProgress(state, owner, starting),
    { type: "record", transition, stage: "starting" },
    { type: "start", instance, binding: transition.binding },
  );
}

/** Recreate: new utterances wait while what serves finishes what it began, and ends. */
function unloadLive(state: SlotState, transition: Load): Step {
  const { live } = state;
  if (!live) return rest(state);
  const without = dropRecovery({ ...state, live: { ...live, instance: undefined } });
  const old = live.instance;
  if (old === undefined) return without;
  const recorded = after(without, (next) => doing(next, { type: "record", transition, stage: "draining" }));
  return after(recorded, (next) => drain(next, old, transition.id, true));
}
