/**
 * The topmost layer: what was set over the API. It is a merge patch itself, to which others are added.
 *
 * @module
 */
import { keysOf, valueAt } from "../json-pointer.ts";

export type Overrides = Readonly<Record<string, unknown>>;

/** The name of the layer, where sources have theirs. */
export const OVERRIDES = "overrides";

/** @returns overrides without what stands at a pointer, and without what is empty then; undefined if nothing does */
export function withoutOverride(overrides: Overrides, pointer: string): Overrides | undefined {
  if (valueAt(overrides, pointer) === undefined) return undefined;
  return without(overrides, keysOf(pointer)) ?? {};
}

function without(value: Overrides, [key, ...inner]: readonly string[]): Overrides | undefined {
  if (key === undefined) return undefined;
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  const left = inner.length > 0 ? without(value[key] as Overrides, inner) : undefined;
  const result = left ? { ...rest, [key]: left } : rest;
  return Object.keys(result).length > 0 ? result : undefined;
}
