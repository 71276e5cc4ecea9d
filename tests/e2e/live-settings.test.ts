import { describe, expect, test } from "bun:test";
import type { SwapList, SwapPlan } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { addPlugin } from "../support/releases.ts";
import { parseWav } from "../support/wav.ts";

const SLOT = "voices.tone";
/** Longer than what fits between the voice and a listener who does not read: most of it is spoken after the change. */
const LONG = "A sentence of twenty. ".repeat(300);

/** Each character lasts so long. The pitch is no live setting. */
function tone(millisecondsPerCharacter: number, hertz = 440) {
  const settings = { millisecondsPerCharacter, hertz };
  return { ...TONE_ONLY, voices: { ...TONE_ONLY.voices, tone: { plugin: "tone", settings } } };
}

function say(engine: EngineProcess, input: string): Promise<Response> {
  return engine.post("/v1/audio/speech", { input, response_format: "wav" });
}

async function seconds(response: Response): Promise<number> {
  return parseWav(await response.bytes()).seconds;
}

const stages = async (engine: EngineProcess) => {
  const { swaps } = await engine.get<SwapList>(`/control/swaps?slot=${SLOT}&limit=1`);
  return swaps[0]!.stages.map(({ stage }) => stage);
};

describe("a change of live settings", () => {
  test("keeps the process, and current utterances keep their settings", async () => {
    await using engine = await EngineProcess.start({ config: tone(30) });
    const whole = await seconds(await say(engine, LONG));
    const held = await say(engine, LONG);
    const before = await engine.slot(SLOT);
    expect(await engine.save(tone(60))).toContain("config version 2");
    const after = await engine.slot(SLOT);
    expect(after.instances.map(({ pid, inflight }) => [pid, inflight])).toEqual([
      [before.instances[0]!.pid, 1],
    ]);
    expect([before.generation, after.generation]).toEqual([1, 2]);
    expect(after.running!.settings).toMatchObject({ millisecondsPerCharacter: 60 });
    expect(await stages(engine)).toEqual(["planned", "routed", "done"]);

    const next = await say(engine, "0123456789");
    expect(next.headers.get("X-Syrinx-Generation")).toBe("2");
    expect(await seconds(next)).toBeCloseTo(0.6, 3);
    expect(held.headers.get("X-Syrinx-Generation")).toBe("1");
    expect(await seconds(held)).toBeCloseTo(whole, 3);
  });

  test("is rolled back by the same process", async () => {
    await using engine = await EngineProcess.start({ config: tone(30) });
    const [{ pid } = { pid: 0 }] = (await engine.slot(SLOT)).instances;
    await engine.save(tone(60));
    expect((await engine.post(`/control/slots/${SLOT}/rollback`)).status).toBe(200);
    expect(await stages(engine)).toEqual(["planned", "routed", "done"]);
    expect(await seconds(await say(engine, "0123456789"))).toBeCloseTo(0.3, 3);
    expect((await engine.slot(SLOT)).instances).toMatchObject([{ pid, generation: 3 }]);
  });

  test("is planned as a reconfiguration, and as a swap together with a setting that is not live", async () => {
    await using engine = await EngineProcess.start({ config: tone(30) });
    const verdict = async (settings: object) => {
      const response = await engine.post(`/control/slots/${SLOT}/swap?dryRun=true`, { settings });
      return ((await response.json()) as SwapPlan).verdict;
    };
    expect(await verdict({ millisecondsPerCharacter: 60 })).toBe("reconfigure");
    expect(await verdict({ millisecondsPerCharacter: 60, hertz: 500 })).toBe("swap");
    const [{ pid } = { pid: 0 }] = (await engine.slot(SLOT)).instances;
    await engine.save(tone(60, 500));
    expect((await engine.slot(SLOT)).instances[0]!.pid).not.toBe(pid);
    expect(await seconds(await say(engine, "0123456789"))).toBeCloseTo(0.6, 3);
  });

  test("applies in the process that replaces one that died", async () => {
    await using engine = await EngineProcess.start({ config: tone(30) });
    await engine.save(tone(60));
    process.kill((await engine.slot(SLOT)).instances[0]!.pid, "SIGKILL");
    await engine.slotUntil(SLOT, ({ restarts, state }) => restarts === 1 && state === "ready");
    expect(await seconds(await say(engine, "0123456789"))).toBeCloseTo(0.6, 3);
  });
});

const SHELF = `import { sink } from "syrinx/sdk";
export default sink({
  open: ({ settings }) => ({
    async write(utterance, audio, signal, now) {
      for await (const _ of audio);
      return settings.shelf + " then " + now.shelf;
    },
  }),
});`;

test("a sink is given its live settings with every utterance", async () => {
  const config = (shelf: string) => ({
    ...TONE_ONLY,
    sinks: { ...TONE_ONLY.sinks, shelf: { plugin: "shelf", settings: { shelf } } },
  });
  await using engine = await EngineProcess.start({
    config: config("upper"),
    async prepare(home) {
      const settings = { type: "object", properties: { shelf: { type: "string", "x-live": true } } };
      await addPlugin(home, { name: "shelf", version: "1.0.0", kind: "sink", settings }, SHELF);
    },
  });
  const kept = async () => {
    const from = engine.log.length;
    await (await engine.post("/v1/audio/speech", { input: "Keep me.", sinks: ["shelf"] })).bytes();
    return (JSON.parse(await engine.logged("kept as ", from)) as { location: string }).location;
  };
  expect(await kept()).toBe("upper then upper");
  await engine.save(config("lower"));
  expect(await kept()).toBe("upper then lower");
});
