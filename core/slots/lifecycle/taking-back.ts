/**
 * How a canary gives its share back.
 *
 * @module
 */
import type { RollbackCause } from "../../../schemas/generated/swap.ts";
import type { SyrinxError } from "../../errors.ts";
import { drain } from "./ending.ts";
import { after, doing, type Step } from "./events.ts";
import type { Canary, SlotState } from "./state.ts";

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
