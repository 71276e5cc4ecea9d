/**
 * What a swap is and how it ended, in words.
 *
 * @module
 */
import type { SlotView } from "../../schemas/generated/api.ts";
import type { ResolvedBinding, SwapRecord, SwapStage } from "../../schemas/generated/swap.ts";
import { bindingText } from "./binding-text.ts";
import { spanText, tookText } from "./units.ts";

/** Stands before the binding, if there is one. */
const REASONS: Record<SwapRecord["reason"], string> = {
  start: "start of",
  config: "swap by the config to",
  request: "swap to",
  reload: "reload of",
  recovery: "restart after a failure of",
  rollback: "rollback to",
  load: "load of",
  demand: "load on demand of",
  unload: "unload",
  idle: "unload because it was idle",
  evicted: "unload to make room for others",
};

/** @returns what the swap is, e.g. `swap to piper@1.0.0` or `unload` */
export function swapText({ reason, to }: SwapRecord): string {
  return to ? `${REASONS[reason]} ${bindingText(to)}` : REASONS[reason];
}

/** Whether a swap that is over ended as somebody wanted. A canary that somebody aborted did. */
export function isGoodEnd({ stage, error }: SwapRecord): boolean {
  return stage === "done" || error?.code === "swap-aborted";
}

/** @returns the stage that a swap had reached when it failed. A canary that failed was drained after that */
export function failedStage({ stages }: SwapRecord): SwapStage {
  const [before, last] = [stages.at(-3)?.stage, stages.at(-2)?.stage];
  if (last === "draining" && before === "canary") return "canary";
  return last ?? "planned";
}

/** @returns why a swap was made, e.g. `config`, or `rollback (hand)` */
export function swapReasonText({ reason, rolledBackBy }: SwapRecord): string {
  return reason === "rollback" && rolledBackBy ? `${reason} (${rolledBackBy})` : reason;
}

/** @returns the stage that a swap has reached, e.g. `done`, or `rolled-back (canary)` */
export function swapEndText({ stage, rolledBackBy }: SwapRecord): string {
  return stage === "rolled-back" && rolledBackBy ? `${stage} (${rolledBackBy})` : stage;
}

/** @returns what a canary on trial waits for, e.g. `waits for 20 requests, has 3`; undefined: it waits for nothing, or nothing is known */
export function waitsForText({ stage, canary }: SwapRecord): string | undefined {
  if (stage !== "canary" || !canary) return undefined;
  const { requests, minRequests, windowMs, maxWaitMs } = canary;
  if (requests >= minRequests)
    return `has had ${requests} requests, waits until ${limitText(windowMs)} is over`;
  const most = maxWaitMs === undefined ? "" : `, at most ${limitText(maxWaitMs)}`;
  return `waits for ${minRequests} requests, has ${requests}${most}`;
}

function limitText(ms: number): string {
  return ms < 60_000 ? `${ms / 1_000} s` : spanText(ms);
}

/** @returns how long it took until a swap served, e.g. `after 480 ms`. What the old process finishes after that does not count */
export function servedAfterText(swap: SwapRecord): string {
  const routed = swap.stages.find(({ stage }) => stage === "routed");
  return routed ? `after ${tookText(routed.elapsedMs)}` : afterText(swap);
}

/** @returns how long a swap has taken up to its last stage, e.g. `after 480 ms` */
export function afterText({ stages }: SwapRecord): string {
  return `after ${tookText(stages.at(-1)?.elapsedMs ?? 0)}`;
}

/** @returns what a swap that is done has changed, e.g. `piper@1.0.0 serves as generation 7, after 480 ms` */
export function doneText(swap: SwapRecord): string {
  const { from, generation, reason, moved } = swap;
  const to: ResolvedBinding | null = swap.to;
  if (!to) return from ? `${bindingText(from)} was unloaded, ${afterText(swap)}` : "nothing was loaded";
  const serves = reason === "rollback" ? "serves again" : "serves";
  const movedText = moved ? `; utterances that moved to it: ${moved}` : "";
  return `${bindingText(to)} ${serves} as generation ${generation}, ${servedAfterText(swap)}${movedText}${inConfigText(swap)}`;
}

/** @returns whether the config has the binding of a swap, e.g. `; version 7 of the config has it`; empty: nothing is said of it */
function inConfigText({ config }: SwapRecord): string {
  switch (config?.state) {
    case "saved":
      return config.version === undefined
        ? "; the config has it"
        : `; version ${config.version} of the config has it`;
    case "pending":
      return "; the config has it when the changes before it are done";
    case "until-restart":
      return "; not in the config: it holds until the engine restarts";
    case "not-saved":
      return `; not saved in the config: ${config.message}`;
    default:
      return "";
  }
}

/** @returns what serves a slot after a swap that failed, e.g. `piper@1.0.0 keeps serving` */
export function servesText({ state, running }: SlotView): string {
  return state === "ready" ? `${bindingText(running)} keeps serving` : `The slot is ${state}`;
}

/**
 * @param slot as it is now; undefined: not known
 * @returns how a swap that is over ended: what serves since when, or at which stage it failed, why, and what keeps serving
 */
export function outcomeText(swap: SwapRecord, slot: SlotView | undefined): string {
  const { stage, error } = swap;
  if (stage === "done") return doneText(swap);
  const how =
    stage === "rolled-back" ? `was rolled back ${afterText(swap)}`
    : stage === "interrupted" ? `was interrupted while ${failedStage(swap)}`
    : `failed while ${failedStage(swap)}, ${afterText(swap)}`; // prettier-ignore
  const why = error ? `: ${error.message}` : "";
  return `the ${swapText(swap)} ${how}${why}.${slot ? ` ${servesText(slot)}` : ""}`;
}
