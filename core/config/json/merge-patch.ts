import { isObject } from "../../json-pointer.ts";

/**
 * Lays one document over another: JSON Merge Patch (RFC 7396). Objects are merged key by key, `null` takes a key away,
 * and everything else, arrays too, replaces what was there.
 *
 * @returns a new document; it shares no object with `target` or `patch`
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return structuredClone(patch);
  const merged = new Map<string, unknown>(
    isObject(target) ? Object.entries(target).map(([key, value]) => [key, structuredClone(value)]) : [],
  );
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
