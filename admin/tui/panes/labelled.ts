import { type Line, pad, type Tone, tone, wrap } from "../screen/mod.ts";

const LABEL = 12;

/** @returns a label with its text beside it, in as many lines as needed; no lines without a text */
export function labelled(
  label: string,
  text: string | undefined,
  columns: number,
  meaning: Tone = "plain",
): Line[] {
  if (text === undefined || text === "") return [];
  return wrap(text, Math.max(1, columns - LABEL)).map((row, index): Line => [
    tone("dim", pad(index === 0 ? label : "", LABEL)),
    tone(meaning, row),
  ]);
}
