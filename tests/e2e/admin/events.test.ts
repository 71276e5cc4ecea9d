import { expect, test } from "bun:test";
import { AdminScreen } from "../../support/admin-screen.ts";
import { EngineProcess, TONE_ONLY } from "../../support/engine-process.ts";

test("events are followed, frozen, and filtered by words", async () => {
  await using engine = await EngineProcess.start({ config: { ...TONE_ONLY, swap: { parkForMs: 0 } } });
  await using screen = new AdminScreen(engine.url, { columns: 120, rows: 30 });
  await screen.see("voices.tone");
  screen.press("6");
  // What happened before the screen was opened is there.
  await screen.see(/info +config +- +version 1 applied/);

  await engine.swap("voices.tone", { settings: { hertz: 220 } });
  await screen.see(/swap +voices\.tone +done after .*, as generation 2: tone@1\.0\.0 \(request\)/);

  screen.press("up");
  await screen.see("frozen, 0 new since then");
  await engine.swap("voices.tone", { settings: { hertz: 330 } });
  const held = await screen.see(/frozen, [1-9]\d* new since then/);
  expect(held).not.toContain("generation 3");
  screen.press("f");
  await screen.see("as generation 3");
  await screen.see("following");

  await engine.saveUnasked({ ...TONE_ONLY, voices: { ...TONE_ONLY.voices, tone: { plugin: "nobody" } } });
  await screen.see(/error +config +- +rejected from file/);
  screen.press("l", "l");
  await screen.until((text) => !text.includes("generation") && text.includes("rejected"), "errors alone");
  screen.press("enter");
  await screen.see(/"outcome": "rejected"/);
  screen.press("escape", "l", "/", "swap routed generation 3:", "enter");
  await screen.until(
    (text) => /\/swap routed generation 3:/.test(text) && text.match(/ routed after/g)?.length === 1,
    "the one event that has these words",
  );
});
