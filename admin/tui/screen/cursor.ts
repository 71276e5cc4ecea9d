import type { Key } from "./key.ts";

/** Where the cursor is in a list. It stays on its element when the list changes around it. */
export interface Cursor {
  readonly id: string | undefined;
  /** The index of that element, for the case that it disappears. */
  readonly index: number;
  /** The first row that is shown. */
  readonly top: number;
}

export const AT_TOP: Cursor = { id: undefined, index: 0, top: 0 };

/** The part of a list that is shown, and the element that is chosen. */
export interface Window {
  /** The index of the chosen element; -1 in an empty list. */
  readonly chosen: number;
  readonly top: number;
  readonly rows: number;
}

/** @returns the part of the list that fits the rows, with the chosen element in it */
export function windowOf(cursor: Cursor, ids: readonly string[], rows: number): Window {
  const found = cursor.id === undefined ? -1 : ids.indexOf(cursor.id);
  const chosen = found >= 0 ? found : Math.min(cursor.index, ids.length - 1);
  const least = chosen - Math.max(1, rows) + 1;
  const most = Math.max(0, ids.length - rows);
  return { chosen, top: Math.max(0, least, Math.min(cursor.top, Math.max(0, chosen), most)), rows };
}

/** @returns the cursor after the key; undefined if the key does not move it */
export function moved(cursor: Cursor, key: Key, ids: readonly string[], rows: number): Cursor | undefined {
  const { chosen, top } = windowOf(cursor, ids, rows);
  const target = targetOf(key.name, chosen, ids.length, Math.max(1, rows - 1));
  if (target === undefined) return undefined;
  const index = Math.max(0, Math.min(target, ids.length - 1));
  const next = { id: ids[index], index, top };
  return { ...next, top: windowOf(next, ids, rows).top };
}

/** @returns the cursor on that element */
export function cursorOn(id: string, ids: readonly string[]): Cursor {
  return { id, index: Math.max(0, ids.indexOf(id)), top: 0 };
}

function targetOf(name: string, at: number, count: number, page: number): number | undefined {
  switch (name) {
    case "up":
    case "k":
      return at - 1;
    case "down":
    case "j":
      return at + 1;
    case "pageup":
    case "ctrl-b":
      return at - page;
    case "pagedown":
    case "ctrl-f":
      return at + page;
    case "home":
      return 0;
    case "end":
    case "G":
      return count - 1;
    default:
      return undefined;
  }
}
