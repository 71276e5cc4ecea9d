import type { ConfigPlanView, SlotPlan } from "../../../schemas/generated/api.ts";
import { cells, type Glyphs, type Line, pad, type Part, tone, type Tone } from "../screen/mod.ts";
import { changeLines } from "./config-changes.ts";

/**
 * @param columns that a line has
 * @returns what a change of the config would do: the slots and sources that it touches, what that costs, and whether there is
 *   memory for it; then each value that differs
 */
export function planLines(plan: ConfigPlanView, columns: number, glyphs: Glyphs): Line[] {
  const { slots, sources, sections, changes } = plan;
  // Another order of the sources is a change with no value that differs.
  if (changes.length === 0 && sections.length === 0) return [["No value changes."]];
  const touched = slots.filter(isTouched);
  const all = [...touched, ...sources.filter(isTouched)];
  const width = Math.max(0, ...all.map(({ slot }) => cells(slot)));
  return [
    ...all.flatMap((slot) => slotLines(slot, width, glyphs)),
    [tone("dim", stayText(slots.length - touched.length, all.length))],
    [],
    ...(changes.length > 0
      ? changeLines(changes, columns, glyphs)
      : [[tone("warn", "~ the sources are in another order")]]),
  ];
}

function isTouched({ action }: SlotPlan): boolean {
  return action !== "unchanged";
}

/** Cells of the longest action. */
const ACTION = cells("reconfigure");

/** What a verdict on memory comes to; its message has the numbers. */
const VERDICTS: Record<NonNullable<SlotPlan["memory"]>["verdict"], readonly [Tone, string]> = {
  "fits-beside": ["good", "there is memory"],
  "fits-after-unload": ["warn", "there is memory once others are unloaded"],
  refused: ["bad", "there is no memory"],
};

function slotLines({ slot, action, cost, memory, problem }: SlotPlan, width: number, glyphs: Glyphs): Line[] {
  const line = (cost: Part): Line => [tone("accent", pad(slot, width)), `  ${pad(action, ACTION)}  `, cost];
  if (problem !== undefined)
    return [line(tone("bad", `${glyphs.bad} cannot be had`)), [tone("bad", `  ${problem}`)]];
  if (cost === "none")
    return [line(action === "reconfigure" ? "its process serves on" : "nothing is loaded")];
  if (!memory) return [line("a load")];
  const [meaning, verdict] = VERDICTS[memory.verdict];
  const sign = meaning === "bad" ? glyphs.bad : glyphs.good;
  return [line(tone(meaning, `${sign} a load: ${verdict}`)), [tone("dim", `  ${memory.message}`)]];
}

function stayText(stay: number, touched: number): string {
  if (touched === 0) return "No slot is touched.";
  if (stay === 0) return "No other slot is touched.";
  return stay === 1 ? "1 slot stays as it is." : `${stay} slots stay as they are.`;
}
