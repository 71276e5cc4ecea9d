/**
 * The moment in which a swap takes effect: new utterances are routed to its binding.
 *
 * @module
 */
import { sameBinding } from "../../releases/mod.ts";
import { dropRecovery } from "./ending.ts";
import { after, doing, type Step } from "./events.ts";
import type { InstanceId, Load, SlotState } from "./state.ts";

/** A new generation that is about to serve. */
export interface Routing {
  readonly transition: Load;
  readonly instance: InstanceId;
  readonly generation: number;
  /** By a new instance, by the canary that has proved itself, or by the live instance with other settings. */
  readonly how: "route" | "promote" | "reconfigure";
  /** The reason, for the record. */
  readonly detail?: string;
}

/** Routes new utterances to a new generation. The caller decides what becomes of the old one. */
export function makeLive(state: SlotState, { transition, instance, generation, how, detail }: Routing): Step {
  const { binding, id, reason } = transition;
  const old = state.live;
  const isOther = old !== undefined && !sameBinding(old.binding, binding);
  const onTrial = isOther && reason !== "rollback";
  const routed = doing(
    {
      ...state,
      live: { number: generation, binding, instance },
      previous: isOther ? old.binding : state.previous,
      trial: onTrial ? { swap: id, generation } : undefined,
      lastGeneration: Math.max(generation, state.lastGeneration),
      deaths: [],
      unloaded: undefined,
      error: undefined,
    },
    {
      type: "record",
      transition,
      stage: "routed",
      generation,
      ...(detail !== undefined && { detail }),
    },
    how === "promote"
      ? { type: how, instance, generation, swap: id }
      : { type: how, instance, generation, binding, swap: id },
    ...(onTrial ? [{ type: "watch", generation } as const] : []),
  );
  return after(routed, dropRecovery);
}
