/**
 * The text of an event in one line, and its level. Pure.
 *
 * @module
 */
import type { ConfigEvent, EngineEvent, SlotEvent } from "../../../../schemas/generated/event.ts";
import type { ResolvedBinding, SwapRecord } from "../../../../schemas/generated/swap.ts";
import { bindingText, tookText } from "../../../client/mod.ts";

/** The lowest first. */
export const LEVELS = ["info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

/** @returns error: something does not work, or was refused; warn: something needs attention */
export function levelOf(event: EngineEvent): Level {
  switch (event.kind) {
    case "swap":
      return levelOfSwap(event.swap);
    case "slot":
      if (event.state === "failed") return "error";
      return event.state === "recovering" || event.error ? "warn" : "info";
    case "config":
      if (event.outcome === "rejected") return "error";
      return event.outcome === "held" || event.cause === "revert" ? "warn" : "info";
    case "refusal":
    case "gap":
      return "warn";
  }
}

/** @returns the slot that it is about; undefined if it is about none */
export function slotOf(event: EngineEvent): string | undefined {
  return "slot" in event ? event.slot : undefined;
}

/** @returns what has happened, the most important part first */
export function eventText(event: EngineEvent): string {
  switch (event.kind) {
    case "swap":
      return swapText(event.swap);
    case "slot":
      return slotText(event);
    case "config":
      return configText(event);
    case "refusal": {
      const { target, reason, untold } = event;
      return `${target} refused: ${reason}${untold > 0 ? ` (and ${untold} times before)` : ""}`;
    }
    case "gap":
      return event.id < event.after
        ? "a new engine answers, and its events are numbered from the start; everything is read again"
        : `the events after ${event.after} were deleted; everything is read again`;
  }
}

/** @returns only what differs between two bindings, e.g. en_US-slt-tiny@1.0.0 → 1.1.0 */
export function changeText(from: ResolvedBinding | null, to: ResolvedBinding | null): string {
  if (!from || !to) return from ? `${bindingText(from)} → nothing` : bindingText(to);
  if (from.plugin === to.plugin && from.model !== to.model && from.model && to.model)
    return stepText(from.model, to.model);
  if (from.plugin !== to.plugin && from.model === to.model) return stepText(from.plugin, to.plugin);
  const [before, after] = [bindingText(from), bindingText(to)];
  return before === after ? after : `${before} → ${after}`;
}

function stepText(from: string, to: string): string {
  const [name, version] = to.split("@");
  return from.split("@")[0] === name && version ? `${from} → ${version}` : `${from} → ${to}`;
}

function levelOfSwap({ stage, reason, error }: SwapRecord): Level {
  if (stage === "failed" || stage === "rolled-back") return "error";
  return stage === "interrupted" || reason === "recovery" || error ? "warn" : "info";
}

function swapText({ stage, stages, from, to, reason, generation, moved, error }: SwapRecord): string {
  const what = `${changeText(from, to)} (${reason})`;
  const last = stages.at(-1);
  if (error) {
    const reached = stages.at(-2)?.stage;
    const when = stage === "failed" && reached !== undefined ? ` while ${reached}` : "";
    return `${stage}${when}: ${error.message}; ${what}`;
  }
  const isServing = stage === "routed" || stage === "done";
  const told = [
    ...(isServing && last ? [`after ${tookText(last.elapsedMs)}`] : []),
    ...(isServing && generation !== undefined ? [`as generation ${generation}`] : []),
    ...(moved ? [`${moved} moved`] : []),
    ...(!isServing && last?.detail !== undefined ? [last.detail] : []),
  ];
  return `${stage}${told.length > 0 ? ` ${told.join(", ")}` : ""}: ${what}`;
}

function slotText({ state, generation, error }: SlotEvent): string {
  if (error) return `${state}: ${error.message}`;
  return generation > 0 ? `${state}, generation ${generation}` : state;
}

function configText({ outcome, version, source, actor, cause, problems = [] }: ConfigEvent): string {
  const who = `${source === undefined ? "" : ` from ${source}`}${actor === undefined ? "" : ` by ${actor}`}`;
  const why = cause === undefined || cause === "source" ? "" : ` (${cause})`;
  if (outcome === "applied") return `version ${version} applied${who}${why}`;
  if (outcome === "held") return `held${who}, because the config is pinned; version ${version} stays`;
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  const problem = first ? `: ${first.pointer === "" ? "" : `${first.pointer}: `}${first.message}${more}` : "";
  return `rejected${who}${problem}; version ${version} stays`;
}
