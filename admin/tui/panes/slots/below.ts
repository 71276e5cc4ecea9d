import {
  bindingText,
  isGoodEnd,
  outcomeText,
  swapText,
  timeText,
  waitsForText,
} from "../../../client/mod.ts";
import { type Glyphs, type Line, lineCells, tone, wrap } from "../../screen/mod.ts";
import type { View } from "../pane.ts";
import { detailLines } from "./details.ts";
import type { SlotRow } from "./slot-rows.ts";
import { stageLines } from "./stages.ts";

/** @returns a rule with the name of the chosen slot, and the facts about it, the most urgent first */
export function belowLines(row: SlotRow, view: View): Line[] {
  const { columns } = view.size;
  return [ruleLine(row.slot.slot, columns, view.glyphs), ...aboutLines(row, columns, view)];
}

/** @returns what is wrong with a slot, the swap that is under way or was last, and all else that is known */
export function aboutLines(row: SlotRow, columns: number, { glyphs, now }: View): Line[] {
  const { slot, swap, last } = row;
  const { error, state } = slot;
  // The line of the last swap shows its own error. An error from before is over if something serves now.
  const isTold = state === "ready" && (swap !== undefined || last?.error?.message === error?.message);
  const wrong = error && !isTold ? wrap(`${glyphs.bad} ${error.code}: ${error.message}`, columns) : [];
  return [
    ...wrong.map((line): Line => [tone("bad", line)]),
    ...(swap ? underWayLines(row, swap, columns, glyphs, now) : []),
    ...(!swap && last ? overLines(row, last, columns, glyphs, now) : []),
    ...detailLines(row, columns, now, glyphs),
  ];
}

type Swap = NonNullable<SlotRow["swap"]>;

function underWayLines(
  { waiting }: SlotRow,
  swap: Swap,
  columns: number,
  glyphs: Glyphs,
  now: number,
): Line[] {
  const from = swap.from ? `, from ${bindingText(swap.from)}` : "";
  const more = waiting === 0 ? "" : waiting === 1 ? "; 1 more waits" : `; ${waiting} more wait`;
  const title = wrap(`${swapText(swap)}${from}${more}`, columns).map((line): Line => [tone("strong", line)]);
  const canary = swap.stage === "canary" ? canaryLines(swap, columns) : [];
  return [...title, ...stageLines(swap, columns, glyphs, now), ...canary];
}

/** @returns what a canary on trial waits for, if that is known, and how to end it by hand */
function canaryLines(swap: Swap, columns: number): Line[] {
  const waits = waitsForText(swap);
  const keys: Line = [tone("accent", "P"), " promotes the canary, ", tone("accent", "A"), " rolls it back"];
  const told = waits === undefined ? [] : wrap(`the canary ${waits}`, columns).map((line): Line => [line]);
  return [...told, keys];
}

function overLines({ slot }: SlotRow, last: Swap, columns: number, glyphs: Glyphs, now: number): Line[] {
  const isGood = isGoodEnd(last);
  const sign = isGood ? glyphs.good : glyphs.bad;
  const text = `${sign} ${timeText(last.endedAt ?? last.startedAt, now)}  ${outcomeText(last, slot)}`;
  return [
    ...wrap(text, columns).map((line): Line => [tone(isGood ? "plain" : "bad", line)]),
    ...stageLines(last, columns, glyphs, now),
  ];
}

function ruleLine(name: string, columns: number, { horizontal }: Glyphs): Line {
  const label = ` ${name} `;
  const rest = columns - lineCells([label]) - 2;
  return [
    tone("dim", horizontal.repeat(2)),
    tone("accent", label),
    tone("dim", horizontal.repeat(Math.max(0, rest))),
  ];
}
