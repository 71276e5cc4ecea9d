import { cells, cutLine, printable } from "./fit.ts";
import type { Key } from "./key.ts";
import { type Line, tone } from "./line.ts";

/** A line of text that the user types, and the position of the cursor in it, in UTF-16 code units. */
export interface Field {
  readonly text: string;
  readonly at: number;
}

/** @returns a field with a text in it, and the cursor at its end */
export function fieldOf(text = ""): Field {
  return { text, at: text.length };
}

/** @returns the field after the key; undefined if the key does not edit */
export function typed({ text, at }: Field, { name, prints }: Key): Field | undefined {
  const [before, after] = [text.slice(0, at), text.slice(at)];
  if (prints) return { text: before + name + after, at: at + name.length };
  const left = before.length - ([...before].at(-1)?.length ?? 0);
  const right = at + ([...after][0]?.length ?? 0);
  switch (name) {
    case "left":
    case "ctrl-b":
      return { text, at: left };
    case "right":
    case "ctrl-f":
      return { text, at: right };
    case "home":
    case "ctrl-a":
      return { text, at: 0 };
    case "end":
    case "ctrl-e":
      return { text, at: text.length };
    case "backspace":
    case "ctrl-h":
      return { text: text.slice(0, left) + after, at: left };
    case "delete":
    case "ctrl-d":
      return { text: before + text.slice(right), at };
    case "ctrl-u":
      return { text: after, at: 0 };
    case "ctrl-k":
      return { text: before, at };
    case "ctrl-w": {
      const kept = before.replace(/\S*\s*$/, "");
      return { text: kept + after, at: kept.length };
    }
    default:
      return undefined;
  }
}

/** @returns the field in `width` cells, the part around the cursor if it is longer, with the cursor in reverse */
export function fieldLine({ text, at }: Field, width: number): Line {
  const [before, rest] = [printable(text.slice(0, at)), text.slice(at)];
  const under = [...rest][0] ?? "";
  // What cannot be shown takes no room, but the cursor does.
  const shown = printable(under) || " ";
  const line: Line = [before, tone("selected", shown), rest.slice(under.length)];
  const from = Math.max(0, cells(before) + cells(shown) - width);
  return cutLine(line, from, from + width);
}
