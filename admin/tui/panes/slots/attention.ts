import { permissionsText, releaseText } from "../../../client/mod.ts";
import { clip, type Line, lineCells, type Span, type Tone, tone } from "../../screen/mod.ts";
import type { View } from "../pane.ts";
import { blockedPlugins } from "./grants.ts";
import { type SlotRow, stateWord } from "./slot-rows.ts";

/** @returns a line for each thing that needs attention, wherever the cursor is; none if all is well */
export function attentionLines(view: View, rows: readonly SlotRow[]): Line[] {
  const { engine, glyphs, size } = view;
  const problem = engine.problems.slots;
  const bad = rows.filter(({ slot }) => ["failed", "blocked"].includes(stateWord(slot)));
  const names = bad.map(({ slot }) => slot.slot).join(", ");
  const failed = `${bad.length === 1 ? "1 slot has" : `${bad.length} slots have`} failed: ${names}`;
  const blocked = blockedPlugins(view);
  const line = (meaning: Tone, text: string, columns = size.columns): Span =>
    tone(meaning, clip(`${glyphs.bad} ${text}`, columns, glyphs.more));
  return [
    ...(problem && engine.known.slots ? [[line("bad", `stale: ${problem.message}`)]] : []),
    ...(bad.length > 0 ? [[line("bad", failed)]] : []),
    ...(blocked.length > 0
      ? [[line("warn", blockedText(blocked), size.columns - lineCells(GRANT)), ...GRANT]]
      : []),
  ];
}

const GRANT: Line = ["  ", tone("accent", "g"), " grants it"];

function blockedText(blocked: ReturnType<typeof blockedPlugins>): string {
  const [only] = blocked;
  if (only && blocked.length === 1)
    return `1 plugin is blocked: ${releaseText(only)} asks for ${permissionsText(only.permissions.missing)}`;
  return `${blocked.length} plugins are blocked: ${blocked.map(releaseText).join(", ")}`;
}
