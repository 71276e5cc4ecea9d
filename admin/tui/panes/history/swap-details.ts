import { bindingText, timeText } from "../../../client/mod.ts";
import type { Text } from "../../dialogs/mod.ts";
import { dialogColumns } from "../../dialogs/mod.ts";
import type { Line } from "../../screen/mod.ts";
import { changeLines } from "../config-changes.ts";
import { labelled } from "../labelled.ts";
import type { View } from "../pane.ts";
import { otherChanges } from "../swaps/binding-change.ts";
import { endSpan } from "./entry-text.ts";
import { ganttLines } from "./gantt.ts";
import type { Entry, Swap } from "./timeline.ts";

type SwapEntry = Extract<Entry, { kind: "swap" }>;

const REASONS: Readonly<Record<Swap["reason"], string>> = {
  start: "the engine started",
  config: "the config changed",
  request: "a user requested it",
  reload: "a user requested a reload",
  recovery: "its process failed",
  rollback: "back to the binding before: a user wanted it, or the new one failed too often",
  load: "a user loaded it",
  unload: "a user unloaded it",
  demand: "a request came for a voice that was not loaded",
  idle: "it was not used for a while",
  evicted: "another slot needed its memory",
};

/** What rolled a binding back. */
const CAUSES: Readonly<Record<NonNullable<Swap["rolledBackBy"]>, string>> = {
  hand: "by hand",
  canary: "by itself: the canary failed",
  watch: "by itself: it failed after it was routed",
  overtaken: "by itself: something else was asked of the slot while the canary was on trial",
  "max-wait": "by itself: the canary had too few requests in its time",
  config: "with the config change of which it was a part, because that failed",
};

/** @returns all that is known of a swap */
export function swapDialog(entry: SwapEntry, { size, glyphs, now }: View): Text {
  const { slot, startedAt } = entry.swap;
  const { text } = endSpan(entry, glyphs);
  return {
    kind: "text",
    title: `Swap of ${slot}, ${timeText(startedAt, now)}, ${text}`,
    body: swapLines(entry.swap, dialogColumns(size), { glyphs, now }),
    command: `syrinx history --slot ${slot}`,
  };
}

/** @returns its stages along their time, then why it was, from what to what, and what went wrong, in full */
export function swapLines(
  swap: Swap,
  columns: number,
  { glyphs, now }: Pick<View, "glyphs" | "now">,
): Line[] {
  const { id, reason, strategy, actor, rolledBackBy, from, to, generation, moved, error } = swap;
  const others = from && to ? otherChanges(from, to) : [];
  const label = (name: string, text: string | undefined) => labelled(name, text, columns);
  return [
    ...ganttLines(swap, columns, glyphs, now),
    [],
    ...(error ? labelled("error", `${error.message} (${error.code})`, columns, "bad") : []),
    ...label("why", `${reason}: ${REASONS[reason]}`),
    ...label("by", actor),
    ...label("rolled back", rolledBackBy && CAUSES[rolledBackBy]),
    ...label("strategy", strategy),
    ...label("from", bindingText(from)),
    ...label("to", bindingText(to)),
    ...label("generation", generation === undefined ? "none was routed" : String(generation)),
    ...label("moved", moved === undefined ? undefined : `utterances that went on with the new one: ${moved}`),
    ...label("id", id),
    ...(others.length > 0 ? [[], ...changeLines(others, columns, glyphs)] : []),
  ];
}
