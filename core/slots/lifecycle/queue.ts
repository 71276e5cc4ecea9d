/**
 * The line of swaps: one is under way, the others wait.
 *
 * @module
 */
import type { SyrinxError } from "../../errors.ts";
import { differsInLiveSettingsAlone, sameBinding } from "../../releases/mod.ts";
import { drain, dropRecovery, endParked, isClear } from "./ending.ts";
import { makeLive } from "./make-live.ts";
import {
  after,
  type EventOf,
  type Generation,
  type FailureContext,
  rest,
  type SlotState,
  type Step,
  type Transition,
} from "./state.ts";

/** Somebody wants another binding, or none. */
export function requested(state: SlotState, event: EventOf<"requested">): Step {
  const swap = planned(event);
  const recorded: Step = { state, effects: [{ type: "record", transition: swap }] };
  // The slot has come to its end, and may be finishing what it began.
  if (state.removed) {
    const { effects } = closed(state, { ...swap, stage: "failed" }, state.error);
    return { state, effects: [...recorded.effects, ...effects] };
  }
  const standby = swap.reason === "rollback" ? standbyOf(state, swap) : undefined;
  if (standby) return after(recorded, (next) => interrupt(next, swap, standby));
  if (state.swap) return { ...recorded, state: { ...state, waiting: [...state.waiting, swap] } };
  return after(recorded, (next) => beginSwap({ ...next, swap }));
}

/**
 * Goes back to what served before as the live generation makes too many errors. Without effect while another swap is on
 * its way to replace it.
 */
export function rollBack(state: SlotState, { error, nextId }: FailureContext): Step {
  const { previous, trial } = state;
  if (!previous || !trial) return rest(state);
  const swap = planned({ id: nextId, binding: previous, reason: "rollback", strategy: "auto" });
  const standby = standbyOf(state, swap);
  if (state.swap && !standby) return rest(state);
  const recorded: Step = {
    state: { ...state, trial: undefined },
    effects: [{ type: "record", transition: swap, detail: error.message }],
  };
  if (standby) return after(recorded, (next) => interrupt(next, swap, standby, error));
  const marked: Step = {
    state: recorded.state,
    effects: [...recorded.effects, { type: "mark-rolled-back", swap: trial.swap, error }],
  };
  return after(marked, (next) => beginSwap({ ...next, swap }));
}

/** Ends the swap that is under way, and begins the next one. */
export function finishSwap(
  state: SlotState,
  stage: "done" | "failed" | "rolled-back",
  error?: SyrinxError,
): Step {
  if (!state.swap) return rest(state);
  const finished = closed(state, { ...state.swap, stage }, error);
  const [swap, ...waiting] = state.waiting;
  return swap ? after(finished, (next) => beginSwap({ ...next, swap, waiting })) : finished;
}

/** Gives a planned transition the number of its instance, and asks for room for it. */
export function beginAdmission(state: SlotState, which: "swap" | "recovery"): Step {
  const transition = state[which];
  if (!transition?.binding) return rest(state);
  const instance = state.lastInstance + 1;
  const { binding, strategy } = transition;
  return {
    state: { ...state, [which]: { ...transition, instance }, lastInstance: instance },
    effects: [{ type: "admit", instance, binding, strategy }],
  };
}

/** An unload is over when no process is left. */
export function finishUnload(state: SlotState): Step {
  const { swap } = state;
  return swap && !swap.binding && swap.stage === "draining" && isClear(state)
    ? finishSwap(state, "done")
    : rest(state);
}

/** @returns a transition in its first stage */
export function planned(
  from: Pick<Transition, "id" | "binding" | "reason" | "strategy"> & { anew?: boolean },
): Transition {
  const { id, binding, reason, strategy, anew = false } = from;
  return {
    id,
    binding,
    reason,
    strategy,
    anew,
    stage: "planned",
    instance: undefined,
    way: undefined,
    awaitsRoom: false,
    replaces: undefined,
  };
}

function beginSwap(state: SlotState): Step {
  const { swap, parked } = state;
  if (!swap) return rest(state);
  if (!swap.binding) return beginUnload(state, swap);
  if (servesInPlace(state, swap)) return changeInPlace(state, swap);
  if (swap.reason === "rollback" && parked && sameBinding(parked.binding, swap.binding))
    return restoreSlots({ ...state, parked: undefined }, swap, parked);
  return beginAdmission(state, "swap");
}

/** Whether the live instance can serve the binding as it is. A strategy that is asked for is a wish for another process. */
export function servesInPlace(
  { live }: SlotState,
  { binding, reason, strategy, anew }: Pick<Transition, "binding" | "reason" | "strategy" | "anew">,
): boolean {
  if (live?.instance === undefined || !binding || anew || reason === "reload" || strategy !== "auto")
    return false;
  return differsInLiveSettingsAlone(live.binding, binding);
}

/** What was live goes on with its utterances in the same instance, and nobody waits for that. */
function changeInPlace(state: SlotState, swap: Transition): Step {
  const instance = state.live?.instance;
  if (instance === undefined) return rest(state);
  const transition: Transition = { ...swap, way: "in-place", instance };
  const detail = "in place: the process takes these settings with every call";
  const routed = makeLive(state, transition, instance, state.lastGeneration + 1, detail);
  return after(routed, (next) => finishSwap(next, "done"));
}

function beginUnload(state: SlotState, swap: Transition): Step {
  const { reason } = swap;
  const transition: Transition = { ...swap, stage: "draining" };
  const begun: Step = {
    state: {
      ...state,
      swap: transition,
      live: undefined,
      trial: undefined,
      unloaded: reason === "idle" || reason === "evicted" ? reason : "request",
      error: undefined,
    },
    effects: [{ type: "record", transition }],
  };
  const old = state.live?.instance;
  return [
    dropRecovery,
    endParked,
    (next: SlotState) => (old === undefined ? rest(next) : drain(next, old, swap.id, true)),
    finishUnload,
  ].reduce(after, begun);
}

/**
 * @returns the instance that the swap under way has replaced and that still drains, if a rollback could lead back to it
 */
function standbyOf({ swap, draining, ending }: SlotState, rollback: Transition): Generation | undefined {
  const replaced =
    swap?.stage === "draining" && !swap.error && swap.way !== "after-unload" ? swap.replaces : undefined;
  if (replaced?.instance === undefined || !rollback.binding) return undefined;
  const serves = draining.has(replaced.instance) && !ending.has(replaced.instance);
  return serves && sameBinding(replaced.binding, rollback.binding) ? replaced : undefined;
}

/** A rollback does not wait for the drain of what it goes back to. */
function interrupt(state: SlotState, rollback: Transition, standby: Generation, error?: SyrinxError): Step {
  if (!state.swap) return rest(state);
  const draining = new Map(state.draining);
  if (standby.instance !== undefined) draining.delete(standby.instance);
  // What the trial would take back is on record as taken back, even if the way back fails.
  const before: SlotState = { ...state, draining, trial: undefined };
  const finished = closed(before, { ...state.swap, stage: "rolled-back" }, error);
  return after(finished, (next) => restoreSlots({ ...next, swap: rollback }, rollback, standby));
}

/** Takes an instance that still runs back into use. It learns what was learnt since. */
function restoreSlots(state: SlotState, swap: Transition, { instance }: Generation): Step {
  if (instance === undefined) return rest(state);
  const transition: Transition = { ...swap, stage: "restoring", way: "back", instance };
  return {
    state: { ...state, swap: transition },
    effects: [
      { type: "record", transition, detail: "the instance before still runs" },
      { type: "restore", instance, mustTake: false },
    ],
  };
}

function closed(state: SlotState, transition: Transition, error: SyrinxError | undefined): Step {
  return {
    state: { ...state, swap: undefined },
    effects: [
      { type: "record", transition, ...(error && { detail: error.message }) },
      { type: "finish", transition, ...(error && { error }) },
    ],
  };
}
