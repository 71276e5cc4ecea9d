import { escapePointer } from "../schema.ts";

/**
 * @returns JSON pointers of what differs between two JSON values, as deep as both are objects; arrays are compared
 *   whole, key order does not matter. Empty: they are equal.
 */
export function changedPointers(before: unknown, after: unknown, pointer = ""): string[] {
  if (Object.is(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return Bun.deepEquals(before, after, true) ? [] : [pointer];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    changedPointers(own(before, key), own(after, key), `${pointer}/${escapePointer(key)}`),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
