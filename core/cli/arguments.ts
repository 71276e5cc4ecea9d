/**
 * What the words of a command line mean.
 *
 * @module
 */
import { InvalidArgumentError } from "commander";
import { MAX_LIMIT } from "../../admin/client/mod.ts";

/** @returns the slot that a person means: `slt` is the voice slot `voices.slt`; others have their full name */
export function slotName(given: string): string {
  return given.includes(".") ? given : `voices.${given}`;
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

/**
 * @param text e.g. 500ms, 30s or 2m
 * @returns ms
 * @throws InvalidArgumentError for anything else
 */
export function duration(text: string): number {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  const ms = Number(number || NaN) * (UNIT_MS[unit] ?? NaN);
  if (!Number.isNaN(ms)) return Math.round(ms);
  throw new InvalidArgumentError("A time is a number with its unit: 500ms, 30s or 2m.");
}

/** @throws InvalidArgumentError unless it is a whole number from 1 to {@linkcode MAX_LIMIT} */
export function limitNumber(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new InvalidArgumentError(`A limit is a whole number from 1 to ${MAX_LIMIT}.`);
}

/** @throws InvalidArgumentError unless it is a whole number from 1 */
export function versionNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError("A version is a whole number from 1: see syrinx config versions.");
}
