/**
 * What the config changes in a slot without a swap: its load policy, and whether its binding can be resolved.
 *
 * @module
 */

import type { SyrinxError } from "../../errors.ts";
import { doing, type EventOf, rest, type Step } from "./events.ts";
import { isLoading, type SlotState } from "./state.ts";

/** A slot that is loaded on demand, and was never loaded, waits for its first request. */
export function loadPolicySet(state: SlotState, load: EventOf<"load-policy-set">["load"]): Step {
  const { live, swap, error, removed } = state;
  if (load !== "on-demand" || live || swap || error || removed) return rest(state);
  return rest({ ...state, unloaded: "on-demand" });
}

/** The wanted binding could not be resolved. Waiting requests get the error, unless something serves or is being loaded. */
export function rejected(state: SlotState, error: SyrinxError): Step {
  const { live, removed } = state;
  if (removed) return rest(state);
  const next: SlotState = { ...state, error, unloaded: undefined };
  return live || isLoading(state) ? rest(next) : doing(next, { type: "give-up", error });
}

/** The wanted binding can be resolved again. A slot that is loaded on demand waits for a request again. */
export function errorCleared(state: SlotState, { load }: EventOf<"error-cleared">): Step {
  const { live, swap, removed } = state;
  if (live || swap || removed) return rest(state);
  return loadPolicySet({ ...state, error: undefined }, load);
}
