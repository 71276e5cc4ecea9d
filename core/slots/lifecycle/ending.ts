/**
 * How instances leave a slot: drained, parked, asked to end, gone.
 *
 * @module
 */
import { SyrinxError } from "../../errors.ts";
import { after, closing, doing, rest, type Step } from "./events.ts";
import type { InstanceId, SlotState } from "./state.ts";

/** Asks an instance to end, unless it was asked before. */
export function end(state: SlotState, instance: InstanceId): Step {
  if (state.ending.has(instance)) return rest(state);
  return doing({ ...state, ending: new Set(state.ending).add(instance) }, { type: "end", instance });
}

/**
 * Lets an instance finish what it began.
 *
 * @param swap that waits for it
 */
export function drain(
  state: SlotState,
  instance: InstanceId,
  swap: string | undefined,
  keepState: boolean,
): Step {
  return doing(
    { ...state, draining: new Map(state.draining).set(instance, swap) },
    { type: "drain", instance, keepState, swap },
  );
}

/** Ends what is kept for a rollback: no third generation may run beside two others. */
export function endParked(state: SlotState): Step {
  const { parked } = state;
  return parked ? end({ ...state, parked: undefined }, parked.instance) : rest(state);
}

/** Whether no process is left but that of the live generation, and those that are to follow it. */
export function isClear({ draining, ending, parked }: SlotState): boolean {
  return draining.size === 0 && ending.size === 0 && !parked;
}

/** Removes a process that is gone from every list. */
export function forget(state: SlotState, instance: InstanceId): SlotState {
  const [draining, ending] = [new Map(state.draining), new Set(state.ending)];
  draining.delete(instance);
  ending.delete(instance);
  const { parked } = state;
  return { ...state, draining, ending, parked: parked?.instance === instance ? undefined : parked };
}

/** A recovery of a generation that is no longer live has no purpose. */
export function dropRecovery(state: SlotState): Step {
  const { recovery } = state;
  if (!recovery) return rest(state);
  const without: SlotState = { ...state, recovery: undefined };
  const ended = recovery.phase === "delayed" ? rest(without) : end(without, recovery.instance);
  const error = new SyrinxError(
    "cancelled",
    "The slot was given another binding, or none, before it came back",
  );
  return after(ended, (next) => doing(next, ...closing(recovery.transition, "failed", { error })));
}
