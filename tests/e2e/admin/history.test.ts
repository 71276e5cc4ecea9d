import { expect, test } from "bun:test";
import type { SlotView, Status } from "../../../schemas/generated/api.ts";
import { AdminScreen } from "../../support/admin-screen.ts";
import { BIRD, startBirds } from "../../support/birds.ts";
import { EngineProcess, TONE_ONLY } from "../../support/engine-process.ts";

test("a swap is shown with its stages over time, and a slot is rolled back to the binding before", async () => {
  await using engine = await startBirds({ parkForMs: 0 });
  await engine.swap(BIRD, { plugin: "bird@2.0.0" });
  await engine.swap(BIRD, { plugin: "bird@5.0.0" });
  await using screen = new AdminScreen(engine.url, { columns: 100, rows: 30 });
  screen.press("3");
  const list = await screen.see("the first config (source file)");
  expect(list).toMatch(/▌[\d:]+ +voices\.bird +✗ failed .*bird 2\.0\.0 → 5\.0\.0 \(request by loopback\)/);
  expect(list).toMatch(/config 2 +● active/);
  screen.press("enter");
  const failed = await screen.see("I do not like this cage");
  expect(failed).toMatch(/ {2}loading +\d+ ms .*█/);
  expect(failed).toContain("syrinx history --slot voices.bird");
  screen.press("escape", "down", "down", "enter");
  expect(await screen.see("generation  2")).toMatch(/probing +\d+ ms .*█.*\d+ ms/);
  screen.press("escape");

  // The newest that serves: back to what served before it.
  screen.press("b");
  const question = await screen.see("Roll back voices.bird");
  expect(question).toMatch(/now +bird@2\.0\.0[^]*then +bird@1\.0\.0, which served before/);
  expect(question).toContain("$ syrinx rollback voices.bird");
  screen.press("y", "enter");
  await screen.see("bird@1.0.0 serves again as generation 3");
  expect(await engine.slot(BIRD)).toMatchObject({ running: { plugin: "bird@1.0.0" } } as Partial<SlotView>);

  // One that does not serve any more: back to it, as planned.
  screen.press("/", "request 2.0.0", "enter", "home", "down", "b");
  expect(await screen.see("Roll voices.bird back to here")).toMatch(/then +bird@2\.0\.0/);
  screen.press("y", "enter");
  await screen.see("bird@2.0.0 serves as generation 4");
});

test("a config version is shown with its changes, and rolled back to after its plan is shown", async () => {
  await using engine = await EngineProcess.start({ config: TONE_ONLY });
  const patched = await engine.post(
    "/control/config",
    { speech: { defaultVoice: "other" }, voices: { other: { plugin: "tone" } } },
    { method: "PATCH" },
  );
  expect(patched.status).toBe(200);
  const refused = await engine.post(
    "/control/config",
    { speech: { maxCharacters: -1 } },
    { method: "PATCH" },
  );
  expect(refused.status).toBe(422);
  await using screen = new AdminScreen(engine.url, { columns: 80, rows: 24 });
  screen.press("3");
  const list = await screen.see("✗ rejected");
  expect(list).toMatch(/config 2 +● active/);
  screen.press("/", "version", "enter", "enter");
  const diff = await screen.see("syrinx config diff 1 2");
  expect(diff).toMatch(/~ \/speech\/defaultVoice +"tone" → "other"/);
  expect(diff).toMatch(/\+ \/voices\/other/);
  screen.press("escape", "end", "b");
  const question = await screen.see("Roll back to config 1, and pin it");
  expect(question).toMatch(/voices\.other +remove/);
  screen.press("y", "enter");
  await screen.see("version 3 is active, pinned");
  const { config } = await engine.get<Status>("/control/status");
  expect(config).toMatchObject({ version: 3, pinned: true });
  await screen.see(/config 3 +● active/);
});
