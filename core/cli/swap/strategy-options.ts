/**
 * The options of a swap that say how it is done.
 *
 * @module
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { SwapRequest } from "../../../schemas/generated/api.ts";
import { SyrinxError } from "../../errors.ts";
import { duration } from "../arguments.ts";

export interface StrategyFlags {
  strategy?: SwapRequest["strategy"];
  percent?: number;
  minRequests?: number;
  maxErrorRate?: number;
  /** In ms. */
  window?: number;
  /** In ms. */
  maxWait?: number;
}

const STRATEGIES = ["auto", "blue-green", "recreate", "canary"];

export function strategyOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--strategy <name>",
        "blue-green: load the new one beside the old. recreate: unload the old one first. canary: give the new one a share at first; whatever else is asked of the slot meanwhile, or a config change of it, rolls the canary back. auto: blue-green if it fits",
      ).choices(STRATEGIES),
    )
    .option("--percent <number>", "of a canary: its share of the new utterances, in percent", percent)
    .option("--min-requests <number>", "of a canary: how many requests are enough to judge it", minRequests)
    .option(
      "--max-error-rate <share>",
      "of a canary: which share of requests may fail, e.g. 0.05 or 5%",
      errorRate,
    )
    .option("--window <time>", "of a canary: how long it is tried, e.g. 500ms, 30s or 2m", duration)
    .option(
      "--max-wait <time>",
      "of a canary: how long it may wait for its requests; then it is rolled back, for it is not proven. Longer than its window. Default: without end",
      duration,
    );
}

/**
 * @returns the part of the request that says how; empty if no option was given
 * @throws SyrinxError usage, for options of a canary with another strategy
 */
export function strategyOf({
  strategy,
  percent,
  minRequests,
  maxErrorRate,
  window,
  maxWait,
}: StrategyFlags): Pick<SwapRequest, "strategy" | "canary"> {
  const canary = {
    ...(percent !== undefined && { percent }),
    ...(minRequests !== undefined && { minRequests }),
    ...(maxErrorRate !== undefined && { maxErrorRate }),
    ...(window !== undefined && { windowMs: window }),
    ...(maxWait !== undefined && { maxWaitMs: maxWait }),
  };
  const isDescribed = Object.keys(canary).length > 0;
  if (isDescribed && strategy !== "canary") {
    throw new SyrinxError(
      "usage",
      "--percent, --min-requests, --max-error-rate, --window and --max-wait are of a canary: add --strategy canary",
    );
  }
  return { ...(strategy && { strategy }), ...(isDescribed && { canary }) };
}

function percent(text: string): number {
  const value = numberOf(text, "%");
  if (value >= 1 && value <= 100) return value;
  throw new InvalidArgumentError("A share is a number from 1 to 100.");
}

function minRequests(text: string): number {
  const value = numberOf(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError("It is a whole number from 1.");
}

function errorRate(text: string): number {
  const value = text.endsWith("%") ? numberOf(text, "%") / 100 : numberOf(text);
  if (value <= 1) return value;
  throw new InvalidArgumentError("It is a number from 0 to 1, or from 0% to 100%.");
}

/** @returns the number that `text` is, with or without the unit after it; NaN for anything else, a sign included */
function numberOf(text: string, unit = ""): number {
  const digits = text.endsWith(unit) ? text.slice(0, text.length - unit.length) : text;
  return /^\d+(\.\d+)?$/.test(digits) ? Number(digits) : NaN;
}
