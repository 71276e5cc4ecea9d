/**
 * `bun run bench`: measures the engine and prints a table. It asserts nothing.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { printTable } from "../../core/cli/table.ts";
import type { Benchmark, Row } from "./benchmark.ts";
import { describeMachine } from "./machine.ts";
import { admin } from "./rows/admin.ts";
import { coldStart } from "./rows/cold-start.ts";
import { configChange } from "./rows/config-change.ts";
import { controlApi } from "./rows/control-api.ts";
import { eventLoop } from "./rows/event-loop.ts";
import { firstAudio } from "./rows/first-audio.ts";
import { loadTime } from "./rows/load-time.ts";
import { memory } from "./rows/memory.ts";
import { peers } from "./rows/peers.ts";
import { routing } from "./rows/routing.ts";
import { sherpa } from "./rows/sherpa.ts";
import { swaps } from "./rows/swaps.ts";
import { throughput } from "./rows/throughput.ts";

const BENCHMARKS: readonly Benchmark[] = [
  throughput,
  firstAudio,
  eventLoop,
  peers,
  sherpa,
  coldStart,
  controlApi,
  configChange,
  swaps,
  routing,
  loadTime,
  memory,
  admin,
];
const EXIT_USAGE = 2;

const HELP = `usage: bun run bench [row...] [--seconds N] [--json]

Measures the engine against bare parts of itself, in turns on the same machine, and prints a table. It asserts nothing.

${BENCHMARKS.map(({ name, summary }) => `  ${name.padEnd(14)}${summary}`).join("\n")}

  --seconds N   how long each side of each row is measured (default: 10)
  --json        print the figures as one JSON document
  --help        print this`;

const { names, seconds, json } = readArguments();
const machine = describeMachine();
const { cores, cpu, platform, bun, load } = machine;
if (!json)
  console.log(`${cores} cores, ${cpu}, ${platform}, Bun ${bun}, load ${load.toFixed(2)} at the start\n`);
const rows: Row[] = [];
for (const { name, run } of BENCHMARKS.filter((one) => names.length === 0 || names.includes(one.name))) {
  rows.push(...(await run({ seconds, progress: (what) => showProgress(`${name}: ${what}`) })));
}
showProgress("");
if (json) console.log(JSON.stringify({ machine, seconds, rows }, null, 2));
else print(rows);

function print(lines: readonly Row[]): void {
  printTable(
    ["row", "measured", "goal", "ratio"],
    lines.map(({ row, measured, goal, ratio }) => [row, measured, goal, ratio]),
  );
  for (const { row, notes } of lines) for (const note of notes) console.log(`\n${row}: ${note}`);
  console.log("\nmedian of the rounds (least to most)");
}

/** One line that is written over; none where nobody watches. */
function showProgress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${what}`);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        seconds: { type: "string", default: "10" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const unknown = positionals.find((name) => BENCHMARKS.every((one) => one.name !== name));
    if (unknown !== undefined)
      throw new Error(
        `There is no row "${unknown}": there are ${BENCHMARKS.map(({ name }) => name).join(", ")}`,
      );
    const length = Number(values.seconds);
    if (!(length > 0)) throw new Error(`--seconds must be a number above 0: it is "${values.seconds}"`);
    return { names: positionals, seconds: length, json: values.json };
  } catch (error) {
    console.error(`bench: ${(error as Error).message}`);
    process.exit(EXIT_USAGE);
  }
}
