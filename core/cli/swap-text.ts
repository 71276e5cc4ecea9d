/**
 * How a swap ended, in words.
 *
 * @module
 */
import type { SlotView } from "../../schemas/generated/api.ts";
import type { ResolvedBinding, SwapRecord } from "../../schemas/generated/swap.ts";
import { isErrorCode, SyrinxError } from "../errors.ts";
import { bindingText } from "./binding-text.ts";

/** What a command asks for. */
export type SwapAction = "swap" | "reload" | "rollback" | "unload" | "load" | "promote" | "abort";

const DONE: Readonly<Record<SwapAction, string>> = {
  swap: "swapped",
  reload: "swapped",
  rollback: "rolled back",
  unload: "unloaded",
  load: "loaded",
  promote: "promoted",
  abort: "taken back",
};

/** @returns whether the swap ended as it was asked to */
export function isAsAsked(action: SwapAction, { stage }: SwapRecord): boolean {
  return action === "abort" ? stage === "rolled-back" || stage === "failed" : stage === "done";
}

/** @returns what is told at once, where nobody waits */
export function acceptedText(action: SwapAction, { slot, id }: SwapRecord): string {
  const isOfAnother = action === "promote" || action === "abort";
  return `${slot}: swap ${id} ${isOfAnother ? `is to be ${DONE[action]}` : "was accepted"}`;
}

/** @returns what a swap that ended as it was asked to has brought about */
export function doneText(action: SwapAction, record: SwapRecord): string {
  const { slot, from, generation, reason, stages, moved } = record;
  const to: ResolvedBinding | null = record.to;
  const after = `after ${Math.round(stages.at(-1)?.elapsedMs ?? 0)} ms`;
  if (action === "abort") return `${slot}: ${bindingText(to)} was taken back ${after}; ${nowText(from)}`;
  if (!to) return `${slot}: ${from ? `${bindingText(from)} was unloaded, ${after}` : "nothing was loaded"}`;
  const serves = reason === "rollback" ? "serves again" : "serves";
  const over = moved ? `; utterances that moved to it: ${moved}` : "";
  return `${slot}: ${bindingText(to)} ${serves} as generation ${generation}, ${after}${over}`;
}

function nowText(from: ResolvedBinding | null): string {
  return from ? `${bindingText(from)} serves on` : "nothing serves";
}

/** @returns where and why a swap did not end as it was asked to */
export function failureOf({ stage, stages, error }: SwapRecord): SyrinxError {
  if (!error) return new SyrinxError("cancelled", `The swap was ${stage}`);
  const reached = stages.at(-2)?.stage ?? stage;
  const code = isErrorCode(error.code) ? error.code : "plugin-failed";
  return new SyrinxError(code, `while it was ${reached}: ${error.message}`);
}

/**
 * @param view of the slot now; undefined: it is not known
 * @returns the reason, with what serves the slot now
 */
export function notDone(
  action: SwapAction,
  slot: string,
  reason: SyrinxError,
  view: SlotView | undefined,
): SyrinxError {
  const running = view?.state === "ready" ? `. ${bindingText(view.running)} serves on` : undefined;
  const now = running ?? (view ? `. The slot is ${view.state}` : "");
  return new SyrinxError(reason.code, `${slot} was not ${DONE[action]}: ${reason.message}${now}`);
}

/** @returns how a canary is ended by hand */
export function canaryHint(slot: string): string {
  return `${slot} has a canary now. To end it by hand: syrinx promote ${slot}, or syrinx abort ${slot}`;
}
