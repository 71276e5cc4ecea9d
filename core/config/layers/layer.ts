import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import { valueAt } from "../../json-pointer.ts";

/** A document and where it came from. */
export interface Layer {
  readonly document: unknown;
  /** For people: a path or a URL. */
  readonly origin: string;
  /** JSON pointer to [line, column], both from 1. */
  readonly places?: Readonly<Record<string, readonly number[]>>;
}

/**
 * @param layers lowest first
 * @returns the problem with the origin that says what is at its pointer (the topmost, as it decides), and the line and
 *   column there, or of the nearest thing around it that has a place
 */
export function located(
  problem: { pointer: string; message: string },
  layers: readonly Layer[],
): ConfigProblem {
  const { pointer, message } = problem;
  for (const around of ancestors(pointer)) {
    const layer = layers.findLast(({ document }) => says(document, around));
    if (layer) return { pointer, message, origin: layer.origin, ...placeOf(layer, around) };
  }
  return { pointer, message };
}

/** @returns whether a document has something, be it null, at a pointer */
export function says(document: unknown, pointer: string): boolean {
  return valueAt(document, pointer) !== undefined;
}

function placeOf({ places = {} }: Layer, pointer: string): { line?: number; column?: number } {
  for (const around of ancestors(pointer)) {
    const [line, column] = (Object.hasOwn(places, around) ? places[around] : undefined) ?? [];
    if (line !== undefined) return { line, column };
  }
  return {};
}

/** The pointer itself, then what is around it, up to the whole document. */
function* ancestors(pointer: string): Generator<string> {
  for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) yield at;
  yield "";
}
