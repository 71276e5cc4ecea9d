import { afterAll, beforeAll, expect, test } from "bun:test";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SlotView, SwapList } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { rawVoice } from "../support/raw-plugin.ts";
import { addModelVersion, addPlugin } from "../support/releases.ts";

const MODEL = "en_US-slt-tiny";

/** A voice whose load and speak are as given. */
function voice({ load = "", speak = "yield new Float32Array(8000).fill(0.1);" }): string {
  return `import { voice } from "syrinx/sdk";
export default voice({
  async load({ model }) {
    ${load}
    return {
      sampleRate: 16000,
      speakers: [{ id: "bad", language: "en" }],
      device: "cpu",
      async *speak() { ${speak} },
    };
  },
});`;
}

const FLOOD = `for (let frames = 0; frames < 1000; frames++) sound(16384);`;

/** Plugins that no slot can be swapped to: main.ts, the stage that fails, the code of the error, or two of which it is one, and its message. */
const TARGETS: Record<string, [main: string, stage: string, code: string, message: RegExp]> = {
  mute: [
    `setInterval(() => {}, 1000); await new Promise(() => {});`,
    "starting",
    "plugin-timeout",
    /no hello within 3000 ms/,
  ],
  babbling: [
    `import { writeSync } from "node:fs"; writeSync(3, "HTTP/1.1 200 OK\\r\\n\\r\\n");`,
    "starting",
    "protocol-violation",
    /frame of type 47/,
  ],
  unloadable: [voice({ load: `throw new Error("no luck");` }), "loading", "plugin-failed", /^no luck$/],
  hoarse: [voice({ speak: `throw new Error("no voice");` }), "probing", "plugin-failed", /^no voice$/],
  fleeting: [voice({ speak: `process.exit(0);` }), "probing", "plugin-crashed", /exit code 0/],
  stuck: [
    voice({ speak: `await new Promise(() => {});` }),
    "probing",
    "plugin-timeout",
    /did not end its probe sentence within 4000 ms/,
  ],
  // Which of the two depends on whether the reader keeps up.
  noisy: [rawVoice(FLOOD), "probing", "probe-failed|protocol-violation", /absurdly long|as the credit was/],
  lying: [
    rawVoice(`sayOn(999, { type: "result" });`),
    "probing",
    "protocol-violation",
    /result for call 999 as no such call is open/,
  ],
};

let engine: EngineProcess;
let before: SlotView;

beforeAll(async () => {
  engine = await EngineProcess.start({
    async prepare(home) {
      for (const [name, [main]] of Object.entries(TARGETS))
        await addPlugin(home, { name, version: "1.0.0" }, main);
      const waits = `console.log("waits for the end of " + model.files.model);
        while (await Bun.file(model.files.model).exists()) await Bun.sleep(5);
        await Bun.file(model.files.model).bytes();`;
      await addPlugin(
        home,
        { name: "slow", version: "1.0.0", voice: { formats: ["piper"] }, permissions: { read: ["$MODEL"] } },
        voice({ load: waits }),
      );
      await addModelVersion(home, MODEL, "1.0.1");
      const corrupt = await addModelVersion(home, MODEL, "1.0.2", { sha256: {} });
      await writeFile(join(corrupt, `${MODEL}.onnx`), "This is no ONNX.");
    },
    config: {
      ...TONE_ONLY,
      plugins: { grants: { slow: { read: ["$MODEL"] } } },
      swap: { startTimeoutMs: 3_000, loadTimeoutMs: 4_000 },
    },
  });
  before = await engine.slot("voices.tone");
});

afterAll(() => engine[Symbol.asyncDispose]());

/** Checks that a swap failed, where and why, and that nobody has heard of it. */
async function isRefused(
  swap: Promise<Response>,
  stage: string,
  code: string,
  message: RegExp,
): Promise<void> {
  await (await swap).json();
  const { swaps } = await engine.get<SwapList>("/control/swaps?slot=voices.tone&limit=1");
  const [record] = swaps as [SwapRecord];
  expect(record.stage).toBe("failed");
  expect(code.split("|")).toContain(record.error?.code ?? "");
  expect(record.error?.message).toMatch(message);
  expect(record.stages.slice(-2).map((entry) => entry.stage) as string[]).toEqual([stage, "failed"]);
  const after = await engine.slot("voices.tone");
  expect(after).toMatchObject({ state: "ready", generation: 1, restarts: 0, running: before.running });
  expect(after.instances.map(({ pid }) => pid)).toEqual(before.instances.map(({ pid }) => pid));
  expect((await engine.post("/v1/audio/speech", { input: "Still here." })).status).toBe(200);
}

const swapTo = (change: object) =>
  engine.post("/control/slots/voices.tone/swap", { settings: {}, ...change });

for (const [name, [, ...why]] of Object.entries(TARGETS)) {
  test(`a swap to a voice that is ${name} fails with the reason, and the old one serves on`, async () => {
    await isRefused(swapTo({ plugin: name }), ...why);
  });
}

test("a swap whose model file is deleted while it loads fails with the reason, and the old one serves on", async () => {
  const swap = swapTo({ plugin: "slow", model: `${MODEL}@1.0.1` });
  await engine.logged("waits for the end of");
  await rm(join(engine.home, "models", MODEL, "1.0.1", `${MODEL}.onnx`));
  await isRefused(swap, "loading", "plugin-failed", /no such file/i);
  // The next try does not even start it.
  await isRefused(
    swapTo({ plugin: "slow", model: `${MODEL}@1.0.1` }),
    "starting",
    "model-corrupt",
    /cannot be read/,
  );
});

test("a swap to a corrupt ONNX model fails with the reason, and the old one serves on", async () => {
  const swap = swapTo({ plugin: "piper@1.0.0", model: `${MODEL}@1.0.2` });
  await isRefused(swap, "loading", "model-corrupt", /en_US-slt-tiny\.onnx/);
});
