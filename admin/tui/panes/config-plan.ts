import type { ConfigPlanView, SlotPlan } from "../../../schemas/generated/api.ts";
import { costOf, endsLines, type Memory, touchedBy, untouchedText } from "../../client/mod.ts";
import { cells, type Glyphs, type Line, pad, type Tone, tone } from "../screen/mod.ts";
import { changeLines } from "./config-changes.ts";

/**
 * @param columns that a line has
 * @returns what a change of the config would do: the slots and sources that it touches, what that costs, and whether there is
 *   memory for it; then each value that differs
 */
export function planLines(plan: ConfigPlanView, columns: number, glyphs: Glyphs): Line[] {
  const { sections, changes } = plan;
  // Another order of the sources is a change with no value that differs.
  if (changes.length === 0 && sections.length === 0) return [["No value changes."]];
  const touched = touchedBy(plan);
  const width = Math.max(0, ...touched.map(({ slot }) => cells(slot)));
  return [
    ...touched.flatMap((slot) => slotLines(slot, width, glyphs)),
    [tone("dim", untouchedText(plan))],
    ...endsLines(plan).map((text): Line => [tone("bad", `${glyphs.bad} ${text}`)]),
    [],
    ...(changes.length > 0
      ? changeLines(changes, columns, glyphs)
      : [[tone("warn", "~ the sources are in another order")]]),
  ];
}

/** Cells of the longest action. */
const ACTION = cells("reconfigure");

const VERDICTS: Record<Memory["verdict"], Tone> = {
  "fits-beside": "good",
  "fits-after-unload": "warn",
  refused: "bad",
};

function slotLines(plan: SlotPlan, width: number, glyphs: Glyphs): Line[] {
  const { slot, action, memory, problem } = plan;
  const { text, detail } = costOf(plan);
  const meaning = problem !== undefined ? "bad" : memory ? VERDICTS[memory.verdict] : "plain";
  const sign = meaning === "plain" ? "" : `${meaning === "bad" ? glyphs.bad : glyphs.good} `;
  const line = [
    tone("accent", pad(slot, width)),
    `  ${pad(action, ACTION)}  `,
    tone(meaning, `${sign}${text}`),
  ];
  if (detail === undefined) return [line];
  return [line, [tone(problem === undefined ? "dim" : "bad", `  ${detail}`)]];
}
