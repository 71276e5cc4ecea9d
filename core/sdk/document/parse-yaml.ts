import { isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import { child, jsonValue, type Parsed, ParseFailure, type Places, TextPositions } from "./parsed.ts";

/** How often aliases may repeat parts of a document. More is an attack ("billion laughs") or a mistake. */
const MAX_ALIASES = 100;

/**
 * Parses YAML 1.2 (core schema). A text of comments alone is `{}`.
 *
 * @throws ParseFailure, also for a key that is given twice, a second document and an unknown tag
 */
export function parseYaml(text: string): Parsed {
  const document = parseDocument(text, { prettyErrors: false, logLevel: "error" });
  const positions = new TextPositions(text);
  const mistakes = [...document.errors, ...document.warnings];
  const [first] = mistakes;
  if (first) {
    const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : "";
    throw new ParseFailure(first.message + more, positions.at(first.pos[0]));
  }
  if (document.contents === null) return { value: {}, places: {} };
  const places: Places = {};
  locate(document.contents, "", positions, places);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    throw new ParseFailure(cause instanceof Error ? cause.message : String(cause));
  }
  return { value: jsonValue(value, places) ?? {}, places };
}

/** Adds the place of `node` and of everything in it. The content of an alias has a place only at its anchor. */
function locate(node: unknown, pointer: string, positions: TextPositions, places: Places): void {
  const range = (node as Node | null)?.range;
  if (range) places[pointer] ??= positions.at(range[0]);
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) locate(item, child(pointer, index), positions, places);
  } else if (isMap(node)) {
    for (const { key, value } of node.items) {
      const own = child(pointer, isScalar(key) ? String(key.value) : String(key));
      locate(key, own, positions, places);
      locate(value, own, positions, places);
    }
  }
}
