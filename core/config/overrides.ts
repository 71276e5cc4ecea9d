/**
 * The topmost layer: what was set over the API. It is a merge patch itself, to which others are added.
 *
 * @module
 */
import { mergePatch } from "./layers.ts";
import { keysOf, valueAt } from "./pointer.ts";

export type Overrides = Readonly<Record<string, unknown>>;

/** The name of the layer, where sources have theirs. */
export const OVERRIDES = "overrides";

/**
 * Two merge patches as one.
 *
 * @param lower what they are laid over: a value that the first one replaces, and the second one looks into, can be said
 *   by one patch only if each key of `lower` beneath it is taken away by its name
 * @returns the patch that makes `lower` into what `second` over `first` over `lower` is
 */
export function composePatches(lower: unknown, first: unknown, second: unknown): unknown {
  if (first === undefined || !isObject(second)) return structuredClone(second);
  if (!isObject(first)) return patchTo(lower, mergePatch(first, second));
  const composed = new Map<string, unknown>(Object.entries(structuredClone(first)));
  for (const [key, value] of Object.entries(second))
    composed.set(key, composePatches(own(lower, key), own(first, key), value));
  return Object.fromEntries(composed);
}

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

/** @returns the merge patch that makes `from` into `to` */
function patchTo(from: unknown, to: unknown): unknown {
  if (!isObject(from) || !isObject(to)) return to;
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, Object.hasOwn(to, key) ? patchTo(own(from, key), to[key]) : null]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
