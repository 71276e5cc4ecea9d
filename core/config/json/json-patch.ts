/**
 * What differs between two documents, for programs (JSON Patch, RFC 6902) and for people.
 *
 * Own code, and no library: all that a version needs is `add`, `remove` and `replace` where the plan sees a difference,
 * arrays whole. Libraries edit arrays item by item, so that their patches and the plan's pointers would not agree.
 *
 * @module
 */
import type { ConfigChange, JsonPatchOperation } from "../../../schemas/generated/api.ts";
import { changedPointers } from "./changed-pointers.ts";
import { valueAt } from "../../json-pointer.ts";

/** @returns what makes `before` into `after` */
export function jsonPatch(before: unknown, after: unknown): JsonPatchOperation[] {
  return changesBetween(before, after).map(({ pointer: path, from, to }) =>
    to === undefined ? { op: "remove", path }
    : { op: from === undefined ? "add" : "replace", path, value: to },
  ); // prettier-ignore
}

/** @returns every value that differs, with what it was and what it is */
export function changesBetween(before: unknown, after: unknown): ConfigChange[] {
  return changedPointers(before, after).map((pointer) => {
    const [from, to] = [valueAt(before, pointer), valueAt(after, pointer)];
    return { pointer, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  });
}
