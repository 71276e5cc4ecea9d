import { expect, test } from "bun:test";
import { AdminScreen } from "../../support/admin-screen.ts";
import { EngineProcess, TONE_ONLY } from "../../support/engine-process.ts";

test("the screen shows the engine and its slots, and leaves the terminal as it was", async () => {
  await using engine = await EngineProcess.start({ config: TONE_ONLY });
  await using screen = new AdminScreen(engine.url);
  await screen.see("voices.tone");
  expect(screen.isTaken).toBe(true);
  screen.press("?");
  await screen.see("Keys of slots");
  screen.press("escape");
  await screen.seeGone("Keys of");
  screen.press("q");
  expect(await screen.exited).toBe(0);
  expect(screen.isTaken).toBe(false);
});
