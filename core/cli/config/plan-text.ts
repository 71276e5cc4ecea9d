import { costOf, endsLines, touchedBy, untouchedText } from "../../../admin/client/mod.ts";
import type { ConfigPlanView, SlotPlan } from "../../../schemas/generated/api.ts";
import { tableText } from "../table.ts";
import { changeLines, NO_PAINT, type Paint } from "./change-text.ts";

/** @returns what a change of the config would do: the slots and sources that it touches, then each value that differs */
export function planText(plan: ConfigPlanView, paint: Paint = NO_PAINT): string {
  const { sections, changes } = plan;
  // Another order of the sources is a change with no value that differs.
  if (changes.length === 0 && sections.length === 0) return "nothing changes";
  const rows = touchedBy(plan).map((slot) => [
    slot.slot,
    slot.action,
    costText(slot),
    slot.changed.join(" "),
  ]);
  return [
    ...(rows.length > 0 ? [tableText(["SLOT", "WHAT", "COST", "FOR"], rows)] : []),
    untouchedText(plan),
    ...endsLines(plan).map((line) => `! ${line}`),
    ...(changes.length > 0 ? changeLines(changes, paint) : ["the sources are in another order"]),
  ].join("\n");
}

/** @returns the cost in one line */
export function costText(plan: SlotPlan): string {
  const { text, detail } = costOf(plan);
  if (detail === undefined) return text;
  return plan.problem === undefined ? `${text} (${detail})` : `${text}: ${detail}`;
}
