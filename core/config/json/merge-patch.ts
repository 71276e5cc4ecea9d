/**
 * Merge patches (RFC 7396): one document laid over another, and two patches as one.
 *
 * @module
 */
import type { ConfigChange } from "../../../schemas/generated/api.ts";
import { isObject, keysOf, ownValue } from "../../json-pointer.ts";

/**
 * Lays one document over another: objects are merged key by key, `null` removes a key, and every other value, arrays too,
 * replaces the one below.
 *
 * @returns a new document; it shares no object with `target` or `patch`
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return copyOf(patch);
  const merged = new Map<string, unknown>();
  for (const [key, value] of Object.entries(isObject(target) ? target : {}))
    // What the patch says of a key is merged below. A copy here as well would copy it once for each level.
    merged.set(key, Object.hasOwn(patch, key) ? value : copyOf(value));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  // fromEntries and not assignment: a key such as "__proto__" stays an ordinary one, for the schema to refuse.
  return Object.fromEntries(merged);
}

/** @returns the documents laid over each other, the lowest first */
export function mergeLayers(documents: readonly unknown[]): unknown {
  return documents.reduce((merged, document) => mergePatch(merged, document), {});
}

/**
 * Makes one merge patch of two.
 *
 * @param lower the document that both are laid over. It matters where `first` replaces an object that `second` merges into: one
 *   patch can only do that if it removes each key of the object in `lower` by its name
 * @returns the patch that does to `lower` what `first` and then `second` do
 */
export function composePatches(lower: unknown, first: unknown, second: unknown): unknown {
  if (first === undefined || !isObject(second)) return copyOf(second);
  if (!isObject(first)) return patchTo(lower, mergePatch(first, second));
  const composed = new Map<string, unknown>();
  for (const [key, value] of Object.entries(first))
    composed.set(key, Object.hasOwn(second, key) ? value : copyOf(value));
  for (const [key, value] of Object.entries(second))
    composed.set(key, composePatches(ownValue(lower, key), ownValue(first, key), value));
  return Object.fromEntries(composed);
}

/**
 * @param changes none within another
 * @returns the JSON Merge Patch (RFC 7396) that makes these changes; a value without `to` is removed
 */
export function mergePatchOf(changes: readonly Pick<ConfigChange, "pointer" | "to">[]): object {
  return nest(changes.map(({ pointer, to = null }) => ({ keys: keysOf(pointer), value: to })));
}

interface Entry {
  keys: readonly string[];
  value: unknown;
}

function nest(entries: readonly Entry[]): object {
  const byKey = Map.groupBy(entries, ({ keys: [key = ""] }) => key);
  const members = [...byKey].map(([key, within]): [string, unknown] => {
    const [first] = within;
    if (first && first.keys.length <= 1) return [key, first.value];
    return [key, nest(within.map(({ keys, value }) => ({ keys: keys.slice(1), value })))];
  });
  return Object.fromEntries(members);
}

/** @returns the merge patch that makes `from` into `to` */
function patchTo(from: unknown, to: unknown): unknown {
  if (!isObject(from) || !isObject(to)) return to;
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, Object.hasOwn(to, key) ? patchTo(ownValue(from, key), to[key]) : null]),
  );
}

/** structuredClone takes about 1 µs even for a number. */
function copyOf(value: unknown): unknown {
  return typeof value === "object" ? structuredClone(value) : value;
}
