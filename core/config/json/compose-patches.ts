/**
 * Two merge patches (RFC 7396) as one.
 *
 * @module
 */
import { mergePatch } from "./merge-patch.ts";
import { isObject, ownValue } from "../../json-pointer.ts";

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
    composed.set(key, composePatches(ownValue(lower, key), ownValue(first, key), value));
  return Object.fromEntries(composed);
}

/** @returns the merge patch that makes `from` into `to` */
function patchTo(from: unknown, to: unknown): unknown {
  if (!isObject(from) || !isObject(to)) return to;
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, Object.hasOwn(to, key) ? patchTo(ownValue(from, key), to[key]) : null]),
  );
}
