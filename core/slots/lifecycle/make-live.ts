/**
 * The moment in which a swap takes effect: new utterances are routed to its binding.
 *
 * @module
 */
import { sameBinding } from "../../releases/mod.ts";
import { dropRecovery } from "./ending.ts";
import {
  after,
  type InstanceId,
  rest,
  type SlotEffect,
  type SlotState,
  type Step,
  type Transition,
} from "./state.ts";

/**
 * Routes new utterances to an instance as a generation of the swap's binding. What was live is named in the swap, and is
 * not let go yet.
 *
 * @param detail why so, for the record
 */
export function makeLive(
  state: SlotState,
  swap: Transition,
  instance: InstanceId,
  generation: number,
  detail?: string,
): Step {
  const { binding } = swap;
  if (!binding) return rest(state);
  const old = state.live;
  const isOther = old !== undefined && !sameBinding(old.binding, binding);
  const onTrial = isOther && swap.reason !== "rollback";
  const transition: Transition = { ...swap, stage: "routed", replaces: old };
  const effects: SlotEffect[] = [
    { type: "record", transition, generation, ...(detail !== undefined && { detail }) },
    { type: "route", instance, generation, binding, swap: swap.id },
    ...(onTrial ? [{ type: "watch", generation } as const] : []),
  ];
  const routed: Step = {
    state: {
      ...state,
      swap: transition,
      live: { number: generation, binding, instance },
      canary: undefined,
      previous: isOther ? old.binding : state.previous,
      trial: onTrial ? { swap: swap.id, generation } : undefined,
      lastGeneration: Math.max(generation, state.lastGeneration),
      deaths: [],
      unloaded: undefined,
      error: undefined,
    },
    effects,
  };
  return after(routed, dropRecovery);
}
