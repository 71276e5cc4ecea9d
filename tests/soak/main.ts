/**
 * `bun run soak`: swaps a voice some hundred times under load, and fails if a promise is broken.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { printTable } from "../../core/cli/table.ts";
import { percentile } from "../bench/statistics.ts";
import { STRATEGIES } from "./changes.ts";
import { brokenPromises, growthMb } from "./promises.ts";
import { type SoakResult, soak } from "./soak.ts";

const EXIT_BROKEN = 1;
const EXIT_USAGE = 2;
const BAR = 30;
/** Where nobody watches, a line is written after so many swaps. */
const LINE_EVERY = 25;

const HELP = `usage: bun run soak [--swaps N] [--clients N] [--strategies A,B] [--rest SECONDS]

Swaps one voice (model, plugin, settings in turn) while clients have texts spoken, and prints what came of it.

  --swaps N          how many swaps (default: 300)
  --clients N        requests under way at once (default: 16)
  --strategies A,B   of ${Object.keys(STRATEGIES).join(", ")} (default: all of them)
  --rest SECONDS     silence before each of five looks at the core's memory; 0: none (default: 20)
  --help             print this

exit code: 0 every promise was kept; ${EXIT_BROKEN} one was broken, and it is said which; ${EXIT_USAGE} wrong arguments`;

const options = readArguments();
const began = performance.now();
const result = await soak({ ...options, progress: showProgress });
if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
print(result);
const broken = brokenPromises(result);
for (const promise of broken) console.error(`broken: ${promise}`);
process.exit(broken.length > 0 ? EXIT_BROKEN : 0);

function print({ swaps, strategies, requests, failures, mixed, ...rest }: SoakResult): void {
  const { memoryMb, leftProcesses, firstByteMs } = rest;
  const growth = growthMb(result);
  const memory = memoryMb.map(({ swaps: after, mb }) => `${mb.toFixed(1)} (${after})`).join(", ");
  const ms = (percent: number) => `${percentile(firstByteMs, percent).toFixed(0)} ms`;
  const done = swaps.filter(({ stage }) => stage === "done").length;
  printTable(
    ["what", "measured", "promised"],
    [
      ["swaps done", `${done} of ${swaps.length} (${strategies.join(", ")})`, "all"],
      ["requests", `${requests} by ${options.clients} clients`, ""],
      ["requests that failed", String(failures.length), "0"],
      ["utterances of two generations", String(mixed), "0"],
      ["core RSS at rest, MB (after swaps)", memory || "not taken", ""],
      ["growth of the core", growth === undefined ? "not taken" : `${growth.toFixed(1)} MB`, "≤ 10 MB"],
      ["processes left", String(leftProcesses), "0"],
      ["first byte, p50, p99", `${ms(50)}, ${ms(99)}`, ""],
      ["time", `${((performance.now() - began) / 1000).toFixed(0)} s`, ""],
    ],
  );
}

/** A bar that is written over; a line now and then where nobody watches. */
function showProgress(swaps: number, requests: number): void {
  const text = `${swaps} of ${options.swaps} swaps, ${requests} requests`;
  if (!process.stderr.isTTY) {
    if (swaps % LINE_EVERY === 0) console.error(text);
    return;
  }
  const filled = Math.round((BAR * swaps) / options.swaps);
  process.stderr.write(`\r\x1b[K[${"#".repeat(filled)}${".".repeat(BAR - filled)}] ${text}`);
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        swaps: { type: "string", default: "300" },
        clients: { type: "string", default: "16" },
        strategies: { type: "string" },
        rest: { type: "string", default: "20" },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const strategies = values.strategies?.split(",");
    const unknown = strategies?.find((name) => !Object.hasOwn(STRATEGIES, name));
    if (unknown !== undefined)
      throw new Error(`There is no strategy "${unknown}": there are ${Object.keys(STRATEGIES).join(", ")}`);
    return {
      swaps: wholeNumber("--swaps", values.swaps, 1),
      clients: wholeNumber("--clients", values.clients, 1),
      restMs: 1000 * wholeNumber("--rest", values.rest, 0),
      ...(strategies && { strategies }),
    };
  } catch (error) {
    console.error(`soak: ${(error as Error).message}`);
    process.exit(EXIT_USAGE);
  }
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`${option} must be a whole number from ${least}: it is "${text}"`);
}
