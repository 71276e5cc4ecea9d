import type { ConfigPlanView, SlotPlan } from "../../../schemas/generated/api.ts";
import { tableText } from "../table.ts";
import { changeLines } from "./change-text.ts";
import { NO_PAINT, type Paint } from "./paint.ts";

/** @returns what a change of the config would do: the slots and sources that it touches, then each value that differs */
export function planText(plan: ConfigPlanView, paint: Paint = NO_PAINT): string {
  const { slots, sources, sections, changes } = plan;
  // Another order of the sources is a change with no value that differs.
  if (changes.length === 0 && sections.length === 0) return "nothing changes";
  const isTouched = ({ action }: SlotPlan) => action !== "unchanged";
  const touched = slots.filter(isTouched);
  const rows = [...touched, ...sources.filter(isTouched)].map((slot) => [
    slot.slot,
    slot.action,
    costText(slot),
    slot.changed.join(" "),
  ]);
  return [
    ...(rows.length > 0 ? [tableText(["SLOT", "WHAT", "COST", "FOR"], rows)] : []),
    ...stayLines(slots.length - touched.length, rows.length),
    ...(changes.length > 0 ? changeLines(changes, paint) : ["the sources are in another order"]),
  ].join("\n");
}

function stayLines(stay: number, touched: number): string[] {
  if (touched === 0) return ["no slot is touched"];
  if (stay === 0) return [];
  return [stay === 1 ? "1 slot stays as it is" : `${stay} slots stay as they are`];
}

function costText({ cost, memory, problem }: SlotPlan): string {
  if (problem !== undefined) return `cannot be had: ${problem}`;
  if (cost === "none") return "none";
  return memory ? `a load; memory: ${memory.message}` : "a load";
}
