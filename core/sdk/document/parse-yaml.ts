import { isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import { MAX_DEPTH, MAX_VALUES, tooDeep, tooMany } from "../../json-limits.ts";
import {
  checkDepth,
  child,
  jsonValue,
  type Parsed,
  ParseFailure,
  type Places,
  TextPositions,
} from "./parsed.ts";

/** How often aliases may repeat parts of a document. More is an attack ("billion laughs") or a mistake. */
const MAX_ALIASES = 100;
/** What begins a member or an item in block style. Text that has it in prose has few of them. */
const MEMBERS = /:(?=\s)|^[ \t]*-(?=\s)/gm;
/** A line that opens more levels than a document may have. The parser takes exponential time for some of them. */
const DEEP_LINE = new RegExp(`^[ \\t]*(?:[?:-][ \\t]+){${MAX_DEPTH + 1}}`, "m");

/**
 * Parses YAML 1.2 (core schema). A text of comments alone is `{}`.
 *
 * @throws ParseFailure, also for a key that is given twice, a second document and an unknown tag
 */
export function parseYaml(text: string): Parsed {
  if (DEEP_LINE.test(text)) throw new ParseFailure(tooDeep());
  // The parser takes 50 µs for each value: 900 kB of keys would keep the source from what is saved next for seconds.
  if ((text.match(MEMBERS)?.length ?? 0) > MAX_VALUES) throw new ParseFailure(tooMany());
  // Its own check of the keys compares each one with all others of the object. So `locate` checks them.
  const document = parseDocument(text, { prettyErrors: false, logLevel: "error", uniqueKeys: false });
  const positions = new TextPositions(text);
  const mistakes = [...document.errors, ...document.warnings];
  const [first] = mistakes;
  if (first) {
    const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : "";
    // The parser reports its own overflow of the stack as a mistake of the document.
    if (first.message.includes("call stack")) throw new ParseFailure(tooDeep());
    throw new ParseFailure(first.message + more, positions.at(first.pos[0]));
  }
  if (document.contents === null) return { value: {}, places: {} };
  const places: Places = {};
  locate(document.contents, "", 1, positions, places);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    if (cause instanceof RangeError) throw new ParseFailure(tooDeep());
    throw new ParseFailure(cause instanceof Error ? cause.message : String(cause));
  }
  return { value: jsonValue(value, places) ?? {}, places };
}

/**
 * Adds the place of `node` and of everything in it. The content of an alias has a place only at its anchor.
 *
 * @throws ParseFailure for a key that is given twice, and if it is nested too deeply
 */
function locate(
  node: unknown,
  pointer: string,
  depth: number,
  positions: TextPositions,
  places: Places,
): void {
  const range = (node as Node | null)?.range;
  const place = range ? positions.at(range[0]) : undefined;
  if (place) places[pointer] ??= place;
  if (!isSeq(node) && !isMap(node)) return;
  checkDepth(depth, place);
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries())
      locate(item, child(pointer, index), depth + 1, positions, places);
    return;
  }
  const names = new Set<string>();
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : String(key);
    const own = child(pointer, name);
    if (names.has(name)) {
      const at = (key as Node | null)?.range?.[0];
      throw new ParseFailure(
        `keys must be unique, and "${name}" is given twice`,
        at === undefined ? place : positions.at(at),
      );
    }
    names.add(name);
    locate(key, own, depth + 1, positions, places);
    locate(value, own, depth + 1, positions, places);
  }
}
