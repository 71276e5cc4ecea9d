/**
 * JSON pointers (RFC 6901), and how a person says the same: with dots.
 *
 * @module
 */

/** @returns the pointer to `key` in what `pointer` leads to */
export function within(pointer: string, key: string): string {
  return `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** @returns the keys that a pointer leads through, unescaped */
export function keysOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** @returns the pointer to what `pointer` is in; of a top key, "" */
export function around(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

/** @returns what stands there; undefined: nothing does */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const key of keysOf(pointer)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** @returns e.g. speech.defaultVoice; the pointer itself where a key has a dot in it, or nothing */
export function settingName(pointer: string): string {
  const keys = keysOf(pointer);
  return keys.length > 0 && keys.every((key) => /^[^./\s]+$/.test(key)) ? keys.join(".") : pointer;
}

/** @returns the JSON Merge Patch (RFC 7396) that sets one value */
export function patchAt(pointer: string, value: unknown): object {
  const patch = keysOf(pointer).reduceRight<unknown>(
    (inner, key) => Object.fromEntries([[key, inner]]),
    value,
  );
  return patch as object;
}
