import type { SlotView } from "../../../../schemas/generated/api.ts";
import { getSlot } from "../../../client/mod.ts";
import { errorDialog } from "../engine-error.ts";
import { ask, type Change, type Effect, type View } from "../pane.ts";

/**
 * Asks the engine for the slot before the user is asked about it: what is known here may be older than a swap that has
 * just ended.
 *
 * @param what the user wants to do, e.g. "rollback", for the title of an error
 */
export function slotNow<S>(
  slot: string,
  what: string,
  then: (slot: SlotView, view: View) => Effect<Change<S>>,
): Effect<Change<S>> {
  return ask(`reading ${slot}`, getSlot(slot), (outcome) => (state, view) => ({
    state,
    effects: [outcome.ok ? then(outcome.value, view) : errorDialog(`${slot}: no ${what}`, outcome.error)],
  }));
}
