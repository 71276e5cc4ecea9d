import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { AdminScreen } from "../support/admin-screen.ts";
import { BusyEngine } from "../support/busy-engine.ts";
import { EngineProcess } from "../support/engine-process.ts";

/** The long form: SYRINX_MONKEY_SECONDS=60 bun test tests/chaos/admin-monkey.test.ts. A failure names its seed. */
const { SYRINX_MONKEY_SECONDS, SYRINX_MONKEY_SEED } = process.env;
const SECONDS = Number(SYRINX_MONKEY_SECONDS ?? 3);
/** The short form presses the same keys each time; when they arrive is another matter. */
const FIRST_SEED = SYRINX_MONKEY_SECONDS === undefined ? 1 : Math.floor(Math.random() * 2 ** 31);
const SEED = Number(SYRINX_MONKEY_SEED ?? FIRST_SEED);
/** Keys that are sent at once, as when somebody leans on the keyboard; then the screen is asked whether it is there. */
const BURST = 40;
/**
 * When keys are pressed again for the first time if nothing has come of them, in ms. Each time after that it takes twice as
 * long: on a busy machine the screen would never catch up with keys that come at one pace.
 */
const AGAIN_MS = 500;
const LONG_MS = 60_000 + SECONDS * 2_000;

/**
 * What leaves is not among them: Ctrl-C, and q, which would leave where nothing is open. Nor is what goes to the beginning of a
 * field: a sound is saved in the folder of the test, and not at the root.
 */
const key = fc.oneof(
  fc.constantFrom("up", "down", "right", "pageup", "pagedown", "end", "tab", "shift-tab"),
  fc.constantFrom("enter", "enter", "y", "escape", "backspace", "ctrl-l", "\x13"),
  fc.constantFrom(..."1234567890srbulPAgeadpvhcDRSofxtknjG?: /"),
  fc.constantFrom("中", "😀", "e\u0301", "\x1b[200~两行\nq quits\x1b[201~", "\x1b[1;5C", "\x1bOP", "\x1b["),
);
const size = fc.record({
  columns: fc.oneof(fc.integer({ min: 40, max: 200 }), fc.integer({ min: 1, max: 45 })),
  rows: fc.oneof(fc.integer({ min: 10, max: 60 }), fc.integer({ min: 1, max: 12 })),
});

/** Where sounds are saved. */
let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "syrinx-monkey-"));
});
afterAll(() => rm(cwd, { recursive: true }));
/** Nobody has to hear what is spoken. */
const env = { PATH: "" };

/**
 * Goes back to a pane from whatever is open, and presses keys there, until the screen is as they make it.
 *
 * An answer of the engine may come between at any time, and open something that takes the keys: then it begins again.
 *
 * @param keys what is pressed on the n-th try
 * @param isSo whether the screen is as the n-th try makes it
 */
async function pressOnPane(
  screen: AdminScreen,
  what: string,
  keys: (n: number) => readonly string[],
  isSo: (text: string, n: number) => boolean,
): Promise<void> {
  let [tries, nextAt] = [0, performance.now()];
  await screen.until((text) => {
    if (tries > 0 && isSo(text, tries)) return true;
    if (performance.now() < nextAt) return false;
    nextAt = performance.now() + AGAIN_MS * 2 ** tries;
    tries++;
    screen.press(...Array.from({ length: 4 * BURST }, () => "escape"), ...keys(tries));
    return false;
  }, what);
}

/** Goes back to a pane from whatever is open: it is there once a pane asks for the name of another one. */
async function rest(screen: AdminScreen): Promise<void> {
  screen.resize(100, 30);
  await pressOnPane(
    screen,
    "a pane",
    (n) => [`:zz${n}`],
    (text, n) => new RegExp(`^:zz${n} *$`, "m").test(text),
  );
  screen.press("escape");
  await screen.seeGone(":zz");
}

/** Presses keys for a while. @param resizes whether the window is of another size now and then */
async function monkey(screen: AdminScreen, seed: number, resizes: boolean): Promise<void> {
  const end = Date.now() + SECONDS * 1_000;
  for (let burst = 0; Date.now() < end; burst++) {
    for (const one of fc.sample(key, { seed: seed + burst, numRuns: BURST })) screen.press(one);
    if (!resizes) {
      await rest(screen);
      continue;
    }
    const [{ columns, rows } = { columns: 80, rows: 24 }] = fc.sample(size, {
      seed: seed + burst,
      numRuns: 1,
    });
    screen.resize(columns, rows);
    for (const one of fc.sample(key, { seed: seed - burst - 1, numRuns: BURST })) screen.press(one);
    await rest(screen);
  }
}

async function leave(screen: AdminScreen): Promise<void> {
  await rest(screen);
  const help = "another pane; Tab the next one";
  await pressOnPane(
    screen,
    "the help",
    () => ["?"],
    (text) => text.includes(help),
  );
  await pressOnPane(
    screen,
    "the end",
    () => ["q"],
    () => screen.hasEnded,
  );
  expect(await screen.ended()).toBe(0);
  expect(screen.isAsFound).toBe(true);
}

test(
  `random keys on a read-only screen change nothing in the engine, and the screen answers (seed ${SEED})`,
  async () => {
    await using engine = await EngineProcess.start();
    const config = await engine.get<{ version: number }>("/control/config");
    const { swaps } = await engine.get<{ swaps: unknown[] }>("/control/swaps");
    await using screen = new AdminScreen(engine.url, { args: ["--read-only"], cwd, env });
    await screen.see("connected");
    await monkey(screen, SEED, false);
    await leave(screen);
    expect((await engine.get<{ version: number }>("/control/config")).version).toBe(config.version);
    expect((await engine.get<{ swaps: unknown[] }>("/control/swaps")).swaps).toHaveLength(swaps.length);
  },
  LONG_MS,
);

test(
  `the screen still answers after random keys and window sizes under load (seed ${SEED})`,
  async () => {
    await using engine = new BusyEngine();
    await using screen = new AdminScreen(engine.url, { cwd, env });
    await screen.see("voice-000");
    engine.happenEachSecond(100);
    await monkey(screen, SEED, true);
    await leave(screen);
  },
  LONG_MS,
);
