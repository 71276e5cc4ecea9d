import type { ConfigChange } from "../../../schemas/generated/api.ts";
import { CHANGE_SIGNS, changeKind } from "../../client/mod.ts";
import { cells, type Glyphs, type Line, pad, type Tone, tone } from "../screen/mod.ts";

const GAP = "  ";
/** Largest share of the columns for names that stand beside their values. */
const NAMES = 0.5;

const TONES: Record<ReturnType<typeof changeKind>, Tone> = { added: "good", removed: "bad", changed: "warn" };

/**
 * @param columns that a line has
 * @returns lines for each value that differs, coloured: `+` it is new, `-` it is gone, `~` it is another. The values are in
 *   a column; those with no room there, below their names
 */
export function changeLines(changes: readonly ConfigChange[], columns: number, glyphs: Glyphs): Line[] {
  const most = Math.floor(columns * NAMES);
  const names = changes.map(({ pointer }) => cells(pointer || "/")).filter((width) => width <= most);
  const width = Math.max(0, ...names);
  return changes.flatMap((change) => {
    const { pointer, from, to } = change;
    const kind = changeKind(change);
    const [sign, meaning] = [CHANGE_SIGNS[kind], TONES[kind]];
    const name = pointer || "/";
    const arrow = from !== undefined && to !== undefined ? ` ${glyphs.arrow} ` : "";
    const text = `${textOf(from)}${arrow}${textOf(to)}`;
    const line = `${sign} ${pad(name, Math.max(width, cells(name)))}${GAP}${text}`;
    if (cells(name) <= width && cells(line) <= columns) return [[tone(meaning, line)]];
    // One part each, so that a line that is too long is broken at spaces.
    const values = arrow === "" ? [spaced(from ?? to)] : [spaced(from), `${glyphs.arrow} ${spaced(to)}`];
    return [`${sign} ${name}`, ...values.map((value) => `${GAP}${GAP}${value}`)].map((row) => [
      tone(meaning, row),
    ]);
  });
}

function textOf(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value);
}

/** JSON with a space wherever a line may be broken. */
function spaced(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value, null, 1).replace(/\n */g, " ");
}
