import { InvalidArgumentError } from "commander";

/** What the engine answers at once. */
export const MAX_LIMIT = 500;

/** @throws InvalidArgumentError unless it is a whole number from 1 to {@linkcode MAX_LIMIT} */
export function limitNumber(value: string): number {
  const limit = Number(value);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new InvalidArgumentError(`A limit is a whole number from 1 to ${MAX_LIMIT}.`);
}
