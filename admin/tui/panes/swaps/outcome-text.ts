/**
 * How a swap ended, in words.
 *
 * @module
 */
import type { SlotView } from "../../../../schemas/generated/api.ts";
import type { SwapRecord } from "../../../../schemas/generated/swap.ts";
import { tookText } from "../times.ts";
import { bindingText } from "./binding-text.ts";

/** Before the binding that is to serve, if there is one. */
const REASONS: Record<SwapRecord["reason"], string> = {
  start: "start of",
  config: "swap by the config to",
  request: "swap to",
  reload: "reload of",
  recovery: "restart, as its process died, of",
  rollback: "rollback to",
  load: "load of",
  demand: "load on demand of",
  unload: "unload",
  idle: "unload, as it was idle",
  evicted: "unload to make room for others",
};

/** @returns what the swap is, e.g. `swap to piper@1.0.0` or `unload` */
export function swapText({ reason, to }: SwapRecord): string {
  return to ? `${REASONS[reason]} ${bindingText(to)}` : REASONS[reason];
}

/** Whether a swap that is over ended as somebody wanted: a canary that was taken back by hand as well. */
export function isGoodEnd({ stage, error }: SwapRecord): boolean {
  return stage === "done" || error?.code === "swap-aborted";
}

/**
 * @param slot as it is now; undefined: not known
 * @returns how a swap that is over ended: what serves since when, or at which stage it failed, why, and what serves on
 */
export function outcomeText(swap: SwapRecord, slot: SlotView | undefined): string {
  const { from, to, stage, stages, generation, moved, error } = swap;
  const after = `after ${tookText(stages.at(-1)?.elapsedMs ?? 0)}`;
  if (stage === "done") {
    if (!to) return from ? `${bindingText(from)} was unloaded, ${after}` : `nothing was loaded, ${after}`;
    const over = moved ? `; utterances that moved to it: ${moved}` : "";
    return `${bindingText(to)} serves as generation ${generation}, ${after}${over}`;
  }
  const reached = stages.at(-2)?.stage ?? "planned";
  const how =
    stage === "rolled-back" ? `was taken back ${after}`
    : stage === "interrupted" ? `was broken off while ${reached}`
    : `failed while ${reached}, ${after}`; // prettier-ignore
  const why = error ? `: ${error.message}` : "";
  return `the ${swapText(swap)} ${how}${why}. ${servesText(slot)}`.trim();
}

function servesText(slot: SlotView | undefined): string {
  if (!slot) return "";
  return slot.state === "ready" ? `${bindingText(slot.running)} serves on` : `The slot is ${slot.state}`;
}
