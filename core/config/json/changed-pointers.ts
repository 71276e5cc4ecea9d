import { escapePointer, isObject, ownValue } from "../../json-pointer.ts";

/**
 * @returns JSON pointers of what differs between two JSON values, as deep as both are objects; arrays are compared
 *   whole, key order does not matter. Empty: they are equal.
 */
export function changedPointers(before: unknown, after: unknown, pointer = ""): string[] {
  if (Object.is(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return Bun.deepEquals(before, after, true) ? [] : [pointer];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    changedPointers(ownValue(before, key), ownValue(after, key), `${pointer}/${escapePointer(key)}`),
  );
}
