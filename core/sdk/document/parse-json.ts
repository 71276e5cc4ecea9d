import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { checkDepth, child, type Parsed, ParseFailure, type Places, TextPositions } from "./parsed.ts";

/**
 * Parses JSON, or JSONC (comments and trailing commas) if `extended`. A text of comments alone is `{}`.
 *
 * @throws ParseFailure, also for a key that is given twice: other JSON parsers silently drop the first
 */
export function parseJson(text: string, options: { extended: boolean }): Parsed {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, {
    disallowComments: !options.extended,
    allowTrailingComma: options.extended,
    allowEmptyContent: options.extended,
  });
  const positions = new TextPositions(text);
  const [first] = errors;
  if (first) {
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
    throw new ParseFailure(inWords(printParseErrorCode(first.error)) + more, positions.at(first.offset));
  }
  if (!root) return { value: {}, places: {} };
  const places: Places = {};
  return { value: valueOf(root, "", 1, positions, places), places };
}

/** @returns the node's value; adds the place of everything in it to `places` */
function valueOf(
  node: Node,
  pointer: string,
  depth: number,
  positions: TextPositions,
  places: Places,
): unknown {
  places[pointer] ??= positions.at(node.offset);
  if (node.type !== "object" && node.type !== "array") return node.value as unknown;
  checkDepth(depth, positions.at(node.offset));
  if (node.type === "array") {
    const items = node.children ?? [];
    return items.map((item, index) => valueOf(item, child(pointer, index), depth + 1, positions, places));
  }
  const entries = new Map<string, unknown>();
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (!key || !value) continue;
    const name = String(key.value);
    const place = positions.at(key.offset);
    if (entries.has(name)) throw new ParseFailure(`key "${name}" is given twice`, place);
    const own = child(pointer, name);
    places[own] = place;
    entries.set(name, valueOf(value, own, depth + 1, positions, places));
  }
  // Unlike an assignment, fromEntries makes a key such as "__proto__" an ordinary one.
  return Object.fromEntries(entries);
}

/** @returns e.g. `comma expected` for `CommaExpected` */
function inWords(code: string): string {
  return code.replaceAll(/(?<=.)([A-Z])/g, " $1").toLowerCase();
}
