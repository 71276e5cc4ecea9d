/**
 * How a swap ended, in the words of the command that requested it.
 *
 * @module
 */
import {
  afterText,
  bindingText,
  doneText,
  failedStage,
  isGoodEnd,
  servesText,
} from "../../../admin/client/mod.ts";
import type { SlotView } from "../../../schemas/generated/api.ts";
import type { SwapRecord } from "../../../schemas/generated/swap.ts";
import { isErrorCode, SyrinxError } from "../../errors.ts";

/** What a command asks for. */
export type SwapAction = "swap" | "reload" | "rollback" | "unload" | "load" | "promote" | "abort";

const DONE: Readonly<Record<SwapAction, string>> = {
  swap: "swapped",
  reload: "swapped",
  rollback: "rolled back",
  unload: "unloaded",
  load: "loaded",
  promote: "promoted",
  abort: "rolled back",
};

/** @returns whether the swap ended as it was asked to. A canary that somebody aborted by hand is no failure of the swap */
export function isAsAsked(action: SwapAction, swap: SwapRecord): boolean {
  const { stage } = swap;
  if (action === "abort") return stage === "rolled-back" || stage === "failed";
  return action === "promote" ? stage === "done" : isGoodEnd(swap);
}

/** @returns the answer to somebody who does not wait for the end */
export function acceptedText(action: SwapAction, { id }: SwapRecord): string {
  const isOfAnother = action === "promote" || action === "abort";
  return `swap ${id} ${isOfAnother ? `is to be ${DONE[action]}` : "was accepted"}`;
}

/** @returns what a swap that ended as it was asked to has changed */
export function endText(action: SwapAction, swap: SwapRecord): string {
  if (swap.stage === "done") return doneText(swap);
  const { from, to } = swap;
  const now = from ? `${bindingText(from)} keeps serving` : "nothing serves";
  const byHand = action === "abort" ? "" : " by hand";
  return `${bindingText(to)} was rolled back${byHand} ${afterText(swap)}; ${now}`;
}

/** @returns where and why a swap did not end as it was asked to */
export function failureOf(swap: SwapRecord): SyrinxError {
  const { stage, error } = swap;
  if (!error) return new SyrinxError("cancelled", `The swap was ${stage}`);
  const code = isErrorCode(error.code) ? error.code : "plugin-failed";
  return new SyrinxError(code, `while it was ${failedStage(swap)}: ${error.message}`);
}

/**
 * @param view of the slot now; undefined: not known
 * @returns the reason, with what serves the slot now
 */
export function notDone(
  action: SwapAction,
  slot: string,
  reason: SyrinxError,
  view: SlotView | undefined,
): SyrinxError {
  const now = view ? `. ${servesText(view)}` : "";
  return new SyrinxError(reason.code, `${slot} was not ${DONE[action]}: ${reason.message}${now}`);
}

/** @returns how a canary is ended by hand */
export function canaryHint(slot: string): string {
  return `${slot} has a canary now. To end it by hand: syrinx promote ${slot}, or syrinx abort ${slot}`;
}
