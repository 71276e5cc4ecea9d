/**
 * An entry of the timeline in words: what it was, of what, why, and how it ended.
 *
 * @module
 */

import { bindingText, spanText, swapEndText, swapReasonText, tookText } from "../../../client/mod.ts";
import { type Glyphs, type Span, tone } from "../../screen/mod.ts";
import { bindingChangeText } from "../swaps/binding-change.ts";
import type { Entry, Swap, Version } from "./timeline.ts";

/** Pointers that are named in a line. */
const NAMED = 3;
const SIGNS = { add: "+", remove: "-", replace: "~" } as const;

export function kindText({ kind }: Entry): string {
  return { swap: "swap", version: "config", rejection: "rejected" }[kind];
}

/** @returns the slot, the version, or the source of a refused config */
export function whichText(entry: Entry): string {
  switch (entry.kind) {
    case "swap":
      return entry.swap.slot;
    case "version":
      return `version ${entry.version.number}`;
    case "rejection":
      return entry.rejection.source ?? entry.rejection.actor ?? "-";
  }
}

/** @returns as {@linkcode whichText}, where no kind stands beside it */
export function ofText(entry: Entry): string {
  if (entry.kind === "swap") return entry.swap.slot;
  return entry.kind === "version" ? `config ${entry.version.number}` : "config";
}

/** @returns a sign and a word */
export function endSpan(entry: Entry, { good, bad, busy, idle }: Glyphs): Span {
  switch (entry.kind) {
    case "swap":
      return swapEnd(entry.swap, { good, bad, busy });
    case "version":
      return entry.isActive ? tone("good", `${good} active`) : tone("plain", `${idle} applied`);
    case "rejection":
      return tone("bad", `${bad} ${entry.rejection.outcome}`);
  }
}

/** @returns how long a swap took, or has taken so far; empty for other entries */
export function tookOf(entry: Entry, now: number): string {
  if (entry.kind !== "swap") return "";
  const { swap } = entry;
  const last = swap.stages.at(-1)?.elapsedMs ?? 0;
  if (swap.endedAt !== undefined) return tookText(last);
  // The clock of the engine may be another one.
  return spanText(Math.max(last, now - entry.at));
}

/** @returns why, in a word or two */
export function whyText(entry: Entry): string {
  switch (entry.kind) {
    case "swap":
      return `${swapReasonText(entry.swap)}${entry.swap.actor === undefined ? "" : ` by ${entry.swap.actor}`}`;
    case "version":
      return causeText(entry.version);
    case "rejection":
      return causeText(entry.rejection);
  }
}

/** @returns what it has changed, or would have */
export function whatText(entry: Entry, { arrow }: Glyphs): string {
  switch (entry.kind) {
    case "swap":
      return bindingChangeText(entry.swap.from, entry.swap.to, arrow);
    case "version": {
      const patch = entry.version.patch ?? [];
      if (entry.version.number === 1) return "the first config";
      const named = patch.slice(0, NAMED).map(({ op, path }) => `${SIGNS[op]} ${path}`);
      return [...named, ...more(patch.length - NAMED)].join("  ");
    }
    case "rejection": {
      const [first, ...rest] = entry.rejection.problems;
      return [first && `${first.pointer} ${first.message}`.trim(), ...more(rest.length)].join("  ");
    }
  }
}

/** @returns all that a filter looks at */
export function searchText(entry: Entry, glyphs: Glyphs): string {
  const own = [kindText(entry), whichText(entry), endSpan(entry, glyphs).text, whyText(entry)];
  const long =
    entry.kind === "swap"
      ? [entry.swap.id, bindingText(entry.swap.from), bindingText(entry.swap.to), entry.swap.error?.message]
      : entry.kind === "version"
        ? [entry.version.reason, ...(entry.version.patch ?? []).map(({ path }) => path)]
        : entry.rejection.problems.flatMap(({ origin, pointer, message }) => [origin, pointer, message]);
  return [...own, ...long].join(" ");
}

/** @returns who did it, e.g. `source file`, `patch by alice` or `rollback to 3 by alice` */
function causeText({
  cause,
  source,
  actor,
  rollbackTo,
}: Pick<Version, "cause" | "source" | "actor" | "rollbackTo">): string {
  const of = cause === "source" ? ` ${source ?? ""}` : "";
  const to = rollbackTo === undefined ? "" : ` to ${rollbackTo}`;
  return `${cause ?? ""}${of}${to}${actor === undefined ? "" : ` by ${actor}`}`;
}

function swapEnd(swap: Swap, { good, bad, busy }: Pick<Glyphs, "good" | "bad" | "busy">): Span {
  const { stage, endedAt } = swap;
  if (endedAt === undefined) return tone("warn", `${busy} ${stage}`);
  return stage === "done" ? tone("good", `${good} done`) : tone("bad", `${bad} ${swapEndText(swap)}`);
}

function more(count: number): string[] {
  return count > 0 ? [`and ${count} more`] : [];
}
