/**
 * A layer, and where in the layers a value comes from. Pure.
 *
 * @module
 */
import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import { valueAt } from "../../json-pointer.ts";

/** A document, and where it came from. */
export interface Layer {
  readonly document: unknown;
  /** For people: a path or a URL. */
  readonly origin: string;
  /** JSON pointer to [line, column], both from 1. */
  readonly places?: Readonly<Record<string, readonly number[]>>;
}

/**
 * @param layers lowest first
 * @returns the problem with its origin: the topmost layer that has a value at its pointer, because that one decides. Line and
 *   column are those of the value, or of the nearest value around it that has a position
 */
export function located(
  problem: { pointer: string; message: string },
  layers: readonly Layer[],
): ConfigProblem {
  const { pointer, message } = problem;
  for (const around of ancestors(pointer)) {
    const layer = layers.findLast(({ document }) => hasValueAt(document, around));
    if (layer) return { pointer, message, origin: layer.origin, ...placeOf(layer, around) };
  }
  return { pointer, message };
}

/** @returns whether a document has a value at a pointer; `null` is one */
export function hasValueAt(document: unknown, pointer: string): boolean {
  return valueAt(document, pointer) !== undefined;
}

function placeOf({ places = {} }: Layer, pointer: string): { line?: number; column?: number } {
  for (const around of ancestors(pointer)) {
    const [line, column] = (Object.hasOwn(places, around) ? places[around] : undefined) ?? [];
    if (line !== undefined) return { line, column };
  }
  return {};
}

/** The pointer itself, then the pointers of what is around it, up to the whole document. */
function* ancestors(pointer: string): Generator<string> {
  for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) yield at;
  yield "";
}
