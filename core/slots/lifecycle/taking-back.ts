/**
 * How a canary gives its share back.
 *
 * **A canary holds up nothing.** Whatever else is asked of its slot ends its trial: a change of the config, a restore,
 * another swap, a reload, a rollback, a load or an unload. What was asked for replaces the binding that serves, and not the
 * canary, so a verdict about the canary would have no use.
 *
 * @module
 */
import type { RollbackCause } from "../../../schemas/generated/swap.ts";
import { SyrinxError } from "../../errors.ts";
import { drain } from "./ending.ts";
import { after, doing, type Step } from "./events.ts";
import type { Canary, SlotState, Transition } from "./state.ts";

/** Each one in words, as what overtakes a canary. */
const REASONS: Readonly<Record<Transition["reason"], string>> = {
  start: "a start",
  config: "a change of the config",
  request: "another swap",
  reload: "a reload",
  recovery: "a restart after a failure",
  rollback: "a rollback",
  load: "a load",
  demand: "a load on demand",
  unload: "an unload",
  idle: "an unload because it was idle",
  evicted: "an unload to make room for others",
};

/** No utterance goes to the canary any more. It finishes what it began. */
export function takeBack(
  state: SlotState,
  { transition, instance }: Canary,
  error: SyrinxError,
  by: RollbackCause,
): Step {
  const taken = doing(
    { ...state, swap: { phase: "taking-back", transition, instance, error, by }, error },
    { type: "record", transition, stage: "draining", detail: error.message },
    { type: "end-share" },
  );
  return after(taken, (next) => drain(next, instance, transition.id, false));
}

/** Ends the trial of a canary because something else was asked of its slot. */
export function overtake(state: SlotState, canary: Canary, { id, reason }: Transition): Step {
  const message = `It was overtaken by ${REASONS[reason]} (swap ${id})`;
  return takeBack(state, canary, new SyrinxError("swap-overtaken", message), "overtaken");
}
