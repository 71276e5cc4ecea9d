import { describe, expect, test } from "bun:test";
import { Command } from "commander";
import {
  type StrategyFlags,
  strategyOf,
  strategyOptions,
} from "../../../../../core/cli/swap/strategy-options.ts";
import { validator } from "../../../../../core/schema.ts";
import type { SwapRequest } from "../../../../../schemas/generated/api.ts";

const isRequest = validator<SwapRequest>("syrinx:api#/$defs/SwapRequest");

function parsed(line: string): ReturnType<typeof strategyOf> {
  const command = strategyOptions(new Command("swap"))
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.parse(line.split(" "), { from: "user" });
  return strategyOf(command.opts<StrategyFlags>());
}

describe("how a swap is done", () => {
  test("is left to the engine where nothing is said", () => {
    expect(strategyOf({})).toEqual({});
  });

  test.each(["auto", "blue-green", "recreate", "canary"])("may be %s", (strategy) => {
    const how = parsed(`--strategy ${strategy}`);
    expect(how as object).toEqual({ strategy });
    expect(isRequest(how)).toBe(true);
  });

  test("of a canary is said in percent, requests, a share of errors and a time with its unit", () => {
    const how = parsed("--strategy canary --percent 25% --min-requests 50 --max-error-rate 2% --window 1.5m");
    expect(how).toEqual({
      strategy: "canary",
      canary: { percent: 25, minRequests: 50, maxErrorRate: 0.02, windowMs: 90_000 },
    });
    expect(isRequest(how)).toBe(true);
    expect(parsed("--strategy canary --percent 2.5 --max-error-rate 0.1 --window 500ms").canary).toEqual({
      percent: 2.5,
      maxErrorRate: 0.1,
      windowMs: 500,
    });
    expect(parsed("--strategy canary --window 30s --max-error-rate 0").canary).toEqual({
      maxErrorRate: 0,
      windowMs: 30_000,
    });
  });

  test("of a canary may have a longest time", () => {
    const how = parsed("--strategy canary --max-wait 10m");
    expect(how).toEqual({ strategy: "canary", canary: { maxWaitMs: 600_000 } });
    expect(isRequest(how)).toBe(true);
    expect(() => parsed("--max-wait 10m")).toThrow(/add --strategy canary/);
  });

  test("of a canary cannot be said of another strategy", () => {
    for (const line of ["--percent 5", "--strategy recreate --window 1s"])
      expect(() => parsed(line)).toThrow(/add --strategy canary/);
  });

  test.each([
    "--strategy slowly",
    ...["0", "101", "", "x", "-5", "%", "1e1"].map((percent) => `--percent ${percent}`),
    ...["0", "1.5", "x"].map((number) => `--min-requests ${number}`),
    ...["1.1", "101%", "%", "-1", "x"].map((rate) => `--max-error-rate ${rate}`),
    ...["30", "s", "30h", "-1s", "1 s", "xms"].map((time) => `--window ${time}`),
  ])("is wrong usage with %s", (line) => {
    expect(() => parsed(`--strategy canary ${line}`)).toThrow(/is invalid|too many arguments/);
  });
});
