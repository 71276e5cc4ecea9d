/**
 * JSON pointers (RFC 6901) and the objects that they lead through. Pure, and without imports: the clients in admin/ use it
 * as well.
 *
 * @module
 */

/** @returns whether a JSON value is an object, and no array */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @returns what an object itself has under a key; undefined: nothing, or it is no object */
export function ownValue(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** @returns a key as it is written in a pointer */
export function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** @returns the pointer to `key` in what `pointer` leads to */
export function pointerWithin(pointer: string, key: string): string {
  return `${pointer}/${escapePointer(key)}`;
}

/** @returns the keys that a pointer leads through, unescaped */
export function keysOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** @returns the value at a pointer, items of arrays included; undefined: there is none */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const key of keysOf(pointer)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** @returns the JSON Merge Patch (RFC 7396) that sets one value */
export function patchAt(pointer: string, value: unknown): object {
  const patch = keysOf(pointer).reduceRight<unknown>(
    (inner, key) => Object.fromEntries([[key, inner]]),
    value,
  );
  return patch as object;
}
