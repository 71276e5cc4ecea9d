import { afterAll, beforeAll, describe, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { happening, Monkey } from "./monkey.ts";

const { SYRINX_MONKEY_RUNS, SYRINX_MONKEY_SEED } = process.env;
/** The long form: SYRINX_MONKEY_RUNS=3000 bun test tests/unit/admin/monkey. A failure names its seed. */
const RUNS = Number(SYRINX_MONKEY_RUNS ?? 60);
/** The short form plays the same each time: it says whether something was broken, and leaves it to the long one to search. */
const FIRST_SEED = SYRINX_MONKEY_RUNS === undefined ? 1 : Math.floor(Math.random() * 2 ** 31);
const SEED = Number(SYRINX_MONKEY_SEED ?? FIRST_SEED);
const STEPS = 120;

/** What the monkey saves is not left about, and nobody has to hear what it plays. */
let before: { folder: string; path: string | undefined };
let folder: string;
beforeAll(async () => {
  before = { folder: process.cwd(), path: process.env.PATH };
  folder = await mkdtemp(join(tmpdir(), "syrinx-monkey-"));
  process.chdir(folder);
  process.env.PATH = "";
});
afterAll(async () => {
  process.chdir(before.folder);
  process.env.PATH = before.path;
  await rm(folder, { recursive: true });
});

describe("whatever is pressed, and whatever the engine says", () => {
  test(`the screen is whole, asks before it changes anything, and goes back by Escape: ${RUNS} runs (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 1, maxLength: STEPS, size: "max" }),
        fc.boolean(),
        async (all, isAscii) => {
          const monkey = new Monkey(isAscii);
          for (const one of all) await monkey.happen(one);
          monkey.escape();
        },
      ),
      { seed: SEED, numRuns: RUNS, interruptAfterTimeLimit: 600_000 },
    );
  }, 620_000);
});
