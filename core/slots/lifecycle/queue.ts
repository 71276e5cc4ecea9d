/**
 * The line of swaps: one is under way, the others wait.
 *
 * @module
 */
import type { RollbackCause } from "../../../schemas/generated/swap.ts";
import type { SyrinxError } from "../../errors.ts";
import { differsInLiveSettingsAlone, sameBinding } from "../../releases/mod.ts";
import { drain, dropRecovery, endParked, isClear } from "./ending.ts";
import {
  after,
  closing,
  doing,
  type EventOf,
  type FailureContext,
  rest,
  type SlotEffect,
  type Step,
} from "./events.ts";
import { makeLive } from "./make-live.ts";
import { enqueue, overtakeCanary } from "./overtaking.ts";
import {
  type Admitting,
  type InstanceId,
  type Load,
  type RunningGeneration,
  type SlotState,
  type Transition,
  type Unload,
  withProgress,
} from "./state.ts";

/** Somebody wants another binding, or none. */
export function requested(state: SlotState, { transition }: EventOf<"requested">): Step {
  const recorded = doing(state, { type: "record", transition, stage: "planned" });
  const { removed, error, swap } = state;
  // The slot was removed, and may be finishing what it began.
  if (removed)
    return after(recorded, (next) =>
      doing(next, ...closing(transition, "failed", { error, detail: error?.message })),
    );
  const standby = standbyOf(state, transition);
  if (standby) return after(recorded, (next) => interrupt(next, standby));
  if (swap) {
    const waits = after(recorded, (next) => enqueue(next, transition));
    return swap.phase === "canary" ? after(waits, (next) => overtakeCanary(next, swap, transition)) : waits;
  }
  return after(recorded, (next) => beginSwap(next, transition));
}

/**
 * Goes back to what served before because the live generation makes too many errors.
 *
 * A rollback takes a parked instance back into service, and even one that still drains. Where none is left it loads the
 * binding that served before. It has no effect while another swap is on its way to replace what fails.
 */
export function rollBack(state: SlotState, { error, nextId }: FailureContext): Step {
  const { previous, trial } = state;
  if (!previous || !trial) return rest(state);
  const back: Load = {
    kind: "load",
    id: nextId,
    binding: previous,
    reason: "rollback",
    strategy: "auto",
    newProcess: false,
    rolledBackBy: "watch",
  };
  const standby = standbyOf(state, back);
  if (state.swap && !standby) return rest(state);
  const recorded = doing(
    { ...state, trial: undefined },
    { type: "record", transition: back, stage: "planned", detail: error.message },
  );
  if (standby) return after(recorded, (next) => interrupt(next, standby, error));
  const marked = after(recorded, (next) =>
    doing(next, { type: "mark-rolled-back", swap: trial.swap, error }),
  );
  return after(marked, (next) => beginSwap(next, back));
}

/** Ends the swap that is under way, and begins the next one. */
export function finishSwap(
  state: SlotState,
  stage: "done" | "failed" | "rolled-back",
  error?: SyrinxError,
  rolledBackBy?: RollbackCause,
): Step {
  const { swap } = state;
  if (!swap) return rest(state);
  const finished = doing(
    { ...state, swap: undefined },
    ...closing(swap.transition, stage, { error, detail: error?.message, rolledBackBy }),
  );
  return after(finished, beginNext);
}

/** An unload is over when no process is left. */
export function finishUnload(state: SlotState): Step {
  return state.swap?.phase === "unloading" && isClear(state) ? finishSwap(state, "done") : rest(state);
}

/** Gives a swap or a recovery the number of its instance, and asks for memory for it. */
export function beginAdmission(state: SlotState, owner: "swap" | "recovery", transition: Load): Step {
  const instance = state.lastInstance + 1;
  const admitting: Admitting = { phase: "admitting", transition, instance };
  const { binding, strategy } = transition;
  return doing(
    { ...withProgress(state, owner, admitting), lastInstance: instance },
    { type: "admit", instance, binding, strategy },
  );
}

/**
 * Whether the live instance can serve a binding as it is: only settings differ that a manifest marks with `"x-live":
 * true`, which go along with every call. Somebody who asks for a strategy, or a reload, wants another process.
 */
export function servesInPlace(
  { live }: SlotState,
  { binding, reason, strategy, newProcess }: Pick<Load, "binding" | "reason" | "strategy" | "newProcess">,
): boolean {
  if (live?.instance === undefined || newProcess || reason === "reload" || strategy !== "auto") return false;
  return differsInLiveSettingsAlone(live.binding, binding);
}

function beginNext(state: SlotState): Step {
  const [next, ...waiting] = state.waiting;
  return next ? beginSwap({ ...state, waiting }, next) : rest(state);
}

/** Only now is it known what the swap replaces: those before it may have changed that since it was requested. */
function beginSwap(state: SlotState, transition: Transition): Step {
  const begun = doing(state, beginning(state, transition));
  return after(begun, (next) => changeFor(next, transition));
}

function beginning({ live }: SlotState, { id }: Transition): SlotEffect {
  return { type: "begin", id, from: live?.binding };
}

function changeFor(state: SlotState, transition: Transition): Step {
  if (transition.kind === "unload") return beginUnload(state, transition);
  const { live, parked } = state;
  if (live?.instance !== undefined && servesInPlace(state, transition))
    return changeInPlace(state, transition, live.instance);
  if (transition.reason === "rollback" && parked && sameBinding(parked.binding, transition.binding))
    return takeBackIntoUse({ ...state, parked: undefined }, transition, parked);
  return beginAdmission(state, "swap", transition);
}

/** The same instance keeps serving, as a new generation. Nothing drains. */
function changeInPlace(state: SlotState, transition: Load, instance: InstanceId): Step {
  const routed = makeLive(state, {
    transition,
    instance,
    generation: state.lastGeneration + 1,
    how: "reconfigure",
    detail: "in place: the process takes these settings with every call",
  });
  const finished = after(routed, (next) => doing(next, ...closing(transition, "done")));
  return after(finished, beginNext);
}

function beginUnload(state: SlotState, transition: Unload): Step {
  const { reason, id } = transition;
  const begun = doing(
    {
      ...state,
      swap: { phase: "unloading", transition },
      live: undefined,
      trial: undefined,
      unloaded: reason === "unload" ? "request" : reason,
      error: undefined,
    },
    { type: "record", transition, stage: "draining" },
  );
  const old = state.live?.instance;
  return [
    dropRecovery,
    endParked,
    (next: SlotState) => (old === undefined ? rest(next) : drain(next, old, id, true)),
    finishUnload,
  ].reduce(after, begun);
}

/**
 * @returns the instance that the swap under way has replaced and that still drains, if this is a rollback that leads
 *   back to it
 */
function standbyOf(
  { swap, draining, ending }: SlotState,
  transition: Transition,
): { rollback: Load; generation: RunningGeneration; interrupts: Load } | undefined {
  if (swap?.phase !== "replacing" || transition.kind === "unload" || transition.reason !== "rollback")
    return undefined;
  const { instance, binding } = swap.replaces;
  const serves = draining.has(instance) && !ending.has(instance);
  if (!serves || !sameBinding(binding, transition.binding)) return undefined;
  return { rollback: transition, generation: swap.replaces, interrupts: swap.transition };
}

/** A rollback does not wait until the instance that it goes back to has drained. */
function interrupt(
  state: SlotState,
  { rollback, generation, interrupts }: NonNullable<ReturnType<typeof standbyOf>>,
  error?: SyrinxError,
): Step {
  const draining = new Map(state.draining);
  draining.delete(generation.instance);
  const finished = doing(
    // The record says that the swap was rolled back, so no trial may do it again, even if the way back fails.
    { ...state, draining, trial: undefined },
    ...closing(interrupts, "rolled-back", {
      error,
      detail: error?.message,
      rolledBackBy: rollback.rolledBackBy,
    }),
    beginning(state, rollback),
  );
  return after(finished, (next) => takeBackIntoUse(next, rollback, generation));
}

/**
 * Uses an instance again that still runs. It is offered the newer state first, and may refuse it: a rollback goes on all
 * the same.
 */
function takeBackIntoUse(state: SlotState, transition: Load, { instance }: RunningGeneration): Step {
  const from = state.live?.instance;
  return doing(
    { ...state, swap: { phase: "preparing", transition, instance, way: "back", stage: "restoring" } },
    { type: "record", transition, stage: "restoring", detail: "the instance before still runs" },
    { type: "restore", instance, from, id: transition.id, mustTake: false },
  );
}
