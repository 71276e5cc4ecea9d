import { expect, test } from "bun:test";
import type { SwapList } from "../../schemas/generated/api.ts";
import type { SwapEvent } from "../../schemas/generated/event.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { EventReader } from "../support/event-reader.ts";
import { childrenOf, ended, processesNaming } from "../support/processes.ts";
import { addPlugin } from "../support/releases.ts";
import { until } from "../support/until.ts";

const SLOT = "voices.tone";

const NEVER_SAYS_HELLO = `await new Promise(() => setInterval(() => {}, 1000));`;
const NEVER_LOADS = `import { voice } from "syrinx/sdk";
export default voice({ load: () => new Promise(() => {}) });`;
const NEVER_SPEAKS = `import { voice } from "syrinx/sdk";
export default voice({
  load: () => ({
    sampleRate: 16000,
    speakers: [{ id: "mute", language: "und" }],
    device: "cpu",
    async *speak() { await new Promise(() => {}); },
  }),
});`;
const ANOTHER_TONE = { settings: { hertz: 500 } };

/** Where a swap is when the core is killed, and what brings it there and no further. */
const STAGES: { stage: SwapEvent["swap"]["stage"]; main?: string }[] = [
  { stage: "starting", main: NEVER_SAYS_HELLO },
  { stage: "loading", main: NEVER_LOADS },
  { stage: "probing", main: NEVER_SPEAKS },
  // A listener who does not read holds the old instance.
  { stage: "draining" },
];

test.each(STAGES)(
  "a core that is killed in the middle of a swap ($stage) leaves no process; the next start serves, and its history shows the interrupted swap",
  async ({ stage, main }) => {
    await using engine = await EngineProcess.start({
      config: TONE_ONLY,
      prepare: async (home) => {
        if (main) await addPlugin(home, { name: "stuck", version: "1.0.0" }, main);
      },
    });
    const events = await EventReader.open(engine.url, { slot: SLOT });
    // Fetch gives up a response that nobody refers to.
    const held = main ? undefined : await say(engine, "A sentence of twenty. ".repeat(950));
    await engine.post(`/control/slots/${SLOT}/swap?wait=false`, main ? { plugin: "stuck" } : ANOTHER_TONE);
    const reached = await events.until(
      (event): event is SwapEvent => event.kind === "swap" && event.swap.stage === stage,
    );
    // The config source, what serves, and what is to follow or to go. A process comes a moment after its stage is told.
    const children = await until("three processes run", () => childrenOf(engine.pid), {
      is: ({ length }) => length >= 3,
    });
    engine.kill("SIGKILL");
    await engine.exited;
    await held?.bytes().catch(() => {});
    await ended(children);
    await until("no process names the engine's home", () => processesNaming(engine.home), {
      is: ({ length }) => length === 0,
    });

    await using again = await EngineProcess.start({ config: TONE_ONLY, args: ["--home", engine.home] });
    await again.slotUntil(SLOT, ({ state }) => state === "ready");
    expect((await say(again, "It speaks again.")).status).toBe(200);
    const { swaps } = await again.get<SwapList>(`/control/swaps?slot=${SLOT}`);
    expect(swaps.map(({ reason, stage: last }) => [reason, last])).toEqual([
      ["start", "done"],
      ["request", "interrupted"],
      ["start", "done"],
    ]);
    const [, cut] = swaps;
    expect(cut).toMatchObject({ id: reached!.swap.id, endedAt: expect.any(String) });
    expect(cut!.stages.at(-1)!.stage).toBe(stage);
  },
);

test("an engine that is killed leaves no process of its voices and sinks behind", async () => {
  await using engine = await EngineProcess.start();
  const children = childrenOf(engine.pid);
  expect(children.length).toBeGreaterThanOrEqual(4);
  engine.kill("SIGKILL");
  await engine.exited;
  await ended(children);
});

function say(engine: EngineProcess, input: string): Promise<Response> {
  return engine.post("/v1/audio/speech", { input, response_format: "wav" });
}
