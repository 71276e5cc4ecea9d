/**
 * The differences between two documents: as pointers, as changes for people, and as a JSON Patch (RFC 6902) for programs.
 *
 * Own code, and no library: a version needs only `add`, `remove` and `replace`, where the plan sees a difference, and arrays
 * whole. Libraries edit arrays item by item, so their patches and the plan's pointers would not agree.
 *
 * @module
 */
import type { ConfigChange, JsonPatchOperation } from "../../../schemas/generated/api.ts";
import { escapePointer, isObject, ownValue, valueAt } from "../../json-pointer.ts";

/**
 * Compares objects key by key, whatever the order of their keys, and arrays whole.
 *
 * @param pointer of both values in their documents
 * @returns JSON pointers of the values that differ; empty: the two are equal
 */
export function changedPointers(before: unknown, after: unknown, pointer = ""): string[] {
  if (Object.is(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return Bun.deepEquals(before, after, true) ? [] : [pointer];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    changedPointers(ownValue(before, key), ownValue(after, key), `${pointer}/${escapePointer(key)}`),
  );
}

/** @returns every value that differs, as it was and as it is; absent where there was or is none */
export function changesBetween(before: unknown, after: unknown): ConfigChange[] {
  return changedPointers(before, after).map((pointer) => {
    const [from, to] = [valueAt(before, pointer), valueAt(after, pointer)];
    return { pointer, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  });
}

/** @returns the patch that makes `before` into `after` */
export function jsonPatch(before: unknown, after: unknown): JsonPatchOperation[] {
  return changesBetween(before, after).map(({ pointer: path, from, to }) => {
    if (to === undefined) return { op: "remove", path };
    return { op: from === undefined ? "add" : "replace", path, value: to };
  });
}
