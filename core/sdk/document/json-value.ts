import { child, ParseFailure, type Places } from "./parsed.ts";

/**
 * @returns `value` as JSON can hold it: dates become RFC 3339 strings
 * @throws ParseFailure for what JSON cannot hold. Infinity and NaN would turn into null there, which in a config
 *   layer removes the key.
 */
export function jsonValue(value: unknown, places: Places, pointer = ""): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item, index) => jsonValue(item, places, child(pointer, index)));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, jsonValue(member, places, child(pointer, key))]),
    );
  }
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (Number.isFinite(value)) return value;
  throw new ParseFailure(
    `${String(value)} at ${pointer || "the top"} is no value that JSON knows`,
    places[pointer],
  );
}
