/**
 * Values that differ between two configs, a coloured line each.
 *
 * @module
 */
import { CHANGE_SIGNS, changeKind } from "../../../admin/client/mod.ts";
import type { ConfigChange } from "../../../schemas/generated/api.ts";

/** Colours lines that show a difference. */
export interface Paint {
  added(text: string): string;
  removed(text: string): string;
  changed(text: string): string;
}

const plain = (text: string) => text;

export const NO_PAINT: Paint = { added: plain, removed: plain, changed: plain };

/** In the 16 colours that every terminal has (ECMA-48, SGR 32, 31 and 33). */
export const COLOURS: Paint = { added: colour(32), removed: colour(31), changed: colour(33) };

/** @returns colours for a terminal, unless $NO_COLOR is set to anything (https://no-color.org) */
export function paintFor(out: { isTTY?: boolean }, { NO_COLOR }: NodeJS.ProcessEnv = process.env): Paint {
  return out.isTTY && !NO_COLOR ? COLOURS : NO_PAINT;
}

/** @returns a line for each value that differs: `+` for a new one, `-` for one that is gone, `~` for one that is changed */
export function changeLines(changes: readonly ConfigChange[], paint: Paint = NO_PAINT): string[] {
  const width = Math.max(0, ...changes.map(({ pointer }) => pointer.length));
  return changes.map((change) => {
    const kind = changeKind(change);
    const values = [change.from, change.to].filter((value) => value !== undefined);
    const text = values.map((value) => JSON.stringify(value)).join(" -> ");
    return paint[kind](`${CHANGE_SIGNS[kind]} ${change.pointer.padEnd(width)}  ${text}`);
  });
}

function colour(code: number): (text: string) => string {
  return (text) => `\x1b[${code}m${text}\x1b[39m`;
}
