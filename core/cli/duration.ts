import { InvalidArgumentError } from "commander";

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
