/**
 * Query parameters, checked as the operation describes them.
 *
 * @module
 */
import type { Context } from "hono";
import { SyrinxError } from "../errors.ts";

/** @throws SyrinxError body-invalid unless it is true, false or absent */
export function queryFlag(
  context: Context,
  { name, schema }: { name: string; schema: { default: boolean } },
): boolean {
  const value = context.req.query(name) ?? String(schema.default);
  if (value === "true" || value === "false") return value === "true";
  throw new SyrinxError("body-invalid", `${name} must be true or false: it is "${value}"`);
}

/**
 * @returns a whole number; undefined if it is absent
 * @throws SyrinxError body-invalid if it is no whole number, or out of its bounds
 */
export function queryNumber(
  context: Context,
  { name, schema }: { name: string; schema: { minimum: number; maximum?: number } },
): number | undefined {
  const text = context.req.query(name);
  if (text === undefined) return undefined;
  const { minimum, maximum = Number.MAX_SAFE_INTEGER } = schema;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  const range = schema.maximum === undefined ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
  throw new SyrinxError("body-invalid", `${name} must be a whole number ${range}: it is "${text}"`);
}
