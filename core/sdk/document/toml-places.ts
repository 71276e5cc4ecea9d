/**
 * Where the keys of a TOML text are; the parser does not tell. It looks at the beginnings of lines alone, so what is
 * inside inline tables and arrays has no place of its own, and is found at the nearest key around it.
 *
 * @module
 */
import { child, type Places } from "./parsed.ts";

const KEY = String.raw`(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')`;
const PATH = String.raw`${KEY}(?:[ \t]*\.[ \t]*${KEY})*`;
const HEADER = new RegExp(String.raw`^[ \t]*(\[\[?)[ \t]*(${PATH})[ \t]*\]`);
const MEMBER = new RegExp(String.raw`^([ \t]*)(${PATH})[ \t]*=`);
const FENCE = /"""|'''/g;

/** @returns the places of the keys of `document`, which is what `text` was parsed to */
export function tomlPlaces(text: string, document: unknown): Places {
  const places: Places = { "": [1, 1] };
  /** Pointer of an array of tables to the number of its headers so far. */
  const tables = new Map<string, number>();
  let table: Spot = { pointer: "", value: document };
  let fence: string | undefined;

  for (const [index, line] of text.split("\n").entries()) {
    const insideString = fence !== undefined;
    for (const [mark] of line.matchAll(FENCE)) {
      if (fence === undefined) fence = mark;
      else if (fence === mark) fence = undefined;
    }
    if (insideString) continue;

    const header = HEADER.exec(line);
    const member = header ? null : MEMBER.exec(line);
    if (header) {
      const tokens = tokensOf(header[2] ?? "");
      table = walk({ pointer: "", value: document }, tokens, tables);
      if (header[1] === "[[") {
        const count = tables.get(table.pointer) ?? 0;
        tables.set(table.pointer, count + 1);
        table = step(table, count);
      }
      note(table, [index + 1, line.indexOf("[") + 1]);
    } else if (member) {
      note(walk(table, tokensOf(member[2] ?? ""), tables), [index + 1, (member[1] ?? "").length + 1]);
    }
  }
  return places;

  function note(spot: Spot, place: [number, number]): void {
    if (spot.value !== undefined) places[spot.pointer] ??= place;
  }
}

interface Spot {
  readonly pointer: string;
  /** What is there; undefined: nothing, so the line was no key after all. */
  readonly value: unknown;
}

function walk(from: Spot, tokens: string[], tables: ReadonlyMap<string, number>): Spot {
  return tokens.reduce((spot, token) => {
    const count = tables.get(spot.pointer);
    return step(count ? step(spot, count - 1) : spot, token);
  }, from);
}

function step({ pointer, value }: Spot, token: string | number): Spot {
  const isOwn = typeof value === "object" && value !== null && Object.hasOwn(value, token);
  const next: unknown = isOwn ? (value as Record<string | number, unknown>)[token] : undefined;
  return { pointer: child(pointer, token), value: next };
}

function tokensOf(path: string): string[] {
  return [...path.matchAll(new RegExp(KEY, "g"))].map(([key]) => {
    if (key.startsWith("'")) return key.slice(1, -1);
    if (!key.startsWith('"')) return key;
    try {
      return String(JSON.parse(key));
    } catch {
      return key.slice(1, -1); // An escape that TOML has and JSON has not: then the key has no place.
    }
  });
}
