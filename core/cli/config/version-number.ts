import { InvalidArgumentError } from "commander";

/** @throws InvalidArgumentError unless it is a whole number from 1 */
export function versionNumber(value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  throw new InvalidArgumentError("A version is a whole number from 1: see syrinx config versions.");
}
