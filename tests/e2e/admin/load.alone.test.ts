import { expect, test } from "bun:test";
import { AdminScreen } from "../../support/admin-screen.ts";
import { BusyEngine } from "../../support/busy-engine.ts";
import { residentMb } from "../../support/resident-memory.ts";

const SLOTS = 200;
/** As many as happen in a busy second, and in an hour of them. */
const EVENTS_PER_SECOND = 100;
const HOUR = 3_600 * EVENTS_PER_SECOND;
/** How many of them the test has the time for; SYRINX_ADMIN_EVENTS says otherwise. */
const EVENTS = Number(process.env.SYRINX_ADMIN_EVENTS ?? HOUR / 3);
/** What is kept is full by then, and all code compiled. */
const WARM_UP = 20_000;
/** Told in portions of this, each of which is seen before the next. */
const PORTION = 20_000;
/** From one look at the memory to the next, in ms, and how many of them show that it falls no more. */
const LOOK_MS = 200;
const STEADY_LOOKS = 20;

test(`keys are answered while ${EVENTS_PER_SECOND} events a second happen to ${SLOTS} slots`, async () => {
  await using engine = new BusyEngine(SLOTS);
  await using screen = new AdminScreen(engine.url, { columns: 120, rows: 40 });
  await screen.see("voice-000");
  engine.happenEachSecond(EVENTS_PER_SECOND);
  screen.press("/", "voice-199", "enter");
  await screen.until(
    (text) => text.includes("voices.voice-199") && !text.includes("voices.voice-000"),
    "one slot",
  );
  screen.press("escape", "6");
  await screen.see("following");
  screen.press(" ");
  await screen.see(/frozen, \d+ new since then/);
  screen.press("home", "enter");
  await screen.see("┌─ Event 1 ");
  screen.press("escape", "f");
  await screen.see("following");
  for (const pane of ["memory", "history", "config", "speak", "slots"]) {
    screen.press(":", pane, "enter", "?");
    await screen.see(`Keys of ${pane}`);
    screen.press("escape");
    await screen.seeGone(`Keys of ${pane}`);
  }
  screen.press("q");
  expect(await screen.ended()).toBe(0);
});

test(`the memory of the screen stays flat over ${EVENTS} events`, async () => {
  await using engine = new BusyEngine(SLOTS);
  await using screen = new AdminScreen(engine.url, { columns: 120, rows: 40 });
  await screen.see("voice-000");
  screen.press("6");
  await screen.see("following");
  await screen.see(engine.happen(WARM_UP));
  const before = await atRest(screen.pid);
  for (let told = 0; told < EVENTS; told += PORTION) await screen.see(engine.happen(PORTION));
  const most = 1.3 * before + 20;
  await screen.until(() => residentMb(screen.pid) <= most, `${before} MB before, at most ${most} MB after`);
}, 180_000);

/** @returns the resident memory in MB once garbage is collected, which the runtime does when there is time: it falls no more */
async function atRest(pid: number): Promise<number> {
  let least = Infinity;
  for (let steady = 0; steady < STEADY_LOOKS; steady++) {
    const present = residentMb(pid);
    if (present < least - 1) steady = 0;
    least = Math.min(least, present);
    await Bun.sleep(LOOK_MS);
  }
  return least;
}
