import { expect, test } from "bun:test";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { childrenOf, isRunning } from "../support/processes.ts";
import { addPlugin } from "../support/releases.ts";

const NEVER_LOADS = `import { voice } from "syrinx/sdk";
export default voice({ load: () => new Promise(() => {}) });`;

test("an engine that is stopped while a saved config waits for its voice ends at once, and leaves no process", async () => {
  await using engine = await EngineProcess.start({
    config: TONE_ONLY,
    prepare: async (home) => void (await addPlugin(home, { name: "slow", version: "1.0.0" }, NEVER_LOADS)),
  });
  // One slot of it has changed by then, and one would be taken away.
  const voices = {
    ...TONE_ONLY.voices,
    tone: { plugin: "tone", settings: { hertz: 600 } },
    slow: { plugin: "slow" },
  };
  await engine.saveUnasked({ ...TONE_ONLY, voices });
  await engine.slotUntil("voices.tone", ({ generation }) => generation === 2);
  await engine.slotUntil("voices.slow", ({ instances }) => instances.length === 1);
  const children = childrenOf(engine.pid);
  expect(await engine.stop()).toBe(0);
  expect(engine.log.join("\n")).toContain("The engine was stopped before the config was applied");
  expect(children.filter(isRunning)).toEqual([]);
});
