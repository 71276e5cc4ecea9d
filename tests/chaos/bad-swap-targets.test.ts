import { afterAll, beforeAll, expect, test } from "bun:test";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SlotView, SwapList } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { rawVoice } from "../support/raw-plugin.ts";
import { addModelVersion, addPlugin } from "../support/releases.ts";

const MODEL = "en_US-slt-tiny";

/** A voice whose load, speak and state are as given. */
function voice({ load = "", speak = "yield new Float32Array(8000).fill(0.1);", state = "" }): string {
  return `import { voice } from "syrinx/sdk";
export default voice({
  async load({ model }) {
    ${load}
    return {
      sampleRate: 16000,
      speakers: [{ id: "bad", language: "en" }],
      device: "cpu",
      async *speak() { ${speak} },
      ${state}
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
  leaving: [voice({ load: `process.exit(0);` }), "loading", "plugin-crashed", /exit code 0/],
  hoarse: [voice({ speak: `throw new Error("no voice");` }), "probing", "plugin-failed", /^no voice$/],
  fleeting: [voice({ speak: `process.exit(0);` }), "probing", "plugin-crashed", /exit code 0/],
  stuck: [
    voice({ speak: `await new Promise(() => {});` }),
    "probing",
    "plugin-timeout",
    /did not end its probe sentence within 4000 ms/,
  ],
  // Which of the two depends on whether the reader keeps up.
  noisy: [
    rawVoice(FLOOD),
    "probing",
    "probe-failed|protocol-violation",
    /absurdly long|because the credit was/,
  ],
  lying: [
    rawVoice(`sayOn(999, { type: "result" });`),
    "probing",
    "protocol-violation",
    /result for call 999 because no such call is open/,
  ],
};

/** What the next release of a plugin makes of the state of the one before: as above. */
const HEIRS: Record<string, [restore: string, code: string, message: RegExp]> = {
  "throws at the state": [
    `throw new Error("too old");`,
    "state-refused",
    /heir@1\.0\.0 .* refuses it: too old$/,
  ],
  "exits at the state": [`process.exit(0);`, "plugin-crashed", /exit code 0/],
  "hangs at the state": [`return new Promise(() => {});`, "plugin-timeout", /restore within 4000 ms/],
};

let engine: EngineProcess;
const before = new Map<string, SlotView>();

beforeAll(async () => {
  engine = await EngineProcess.start({
    async prepare(home) {
      for (const [name, [main]] of Object.entries(TARGETS))
        await addPlugin(home, { name, version: "1.0.0" }, main);
      await addPlugin(home, { name: "heir", version: "1.0.0" }, voice({ state: "snapshot: () => 1," }));
      for (const [index, [restore]] of Object.values(HEIRS).entries())
        await addPlugin(
          home,
          { name: "heir", version: `2.${index}.0` },
          voice({ state: `restore() { ${restore} },` }),
        );
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
      voices: { ...TONE_ONLY.voices, heir: { plugin: "heir@1.0.0" } },
      plugins: { grants: { slow: { read: ["$MODEL"] } } },
      swap: { startTimeoutMs: 3_000, loadTimeoutMs: 4_000 },
    },
  });
  for (const name of ["tone", "heir"]) before.set(name, await engine.slot(`voices.${name}`));
});

afterAll(() => engine[Symbol.asyncDispose]());

/** Checks that a swap failed, where and why, and that nobody has heard of it. */
async function isRefused(
  swap: Promise<Response>,
  stage: string,
  code: string,
  message: RegExp,
  name = "tone",
): Promise<void> {
  await (await swap).json();
  const { swaps } = await engine.get<SwapList>(`/control/swaps?slot=voices.${name}&limit=1`);
  const [record] = swaps as [SwapRecord];
  expect(record.stage).toBe("failed");
  expect(code.split("|")).toContain(record.error?.code ?? "");
  expect(record.error?.message).toMatch(message);
  expect(record.stages.slice(-2).map((entry) => entry.stage) as string[]).toEqual([stage, "failed"]);
  const [then, now] = [before.get(name), await engine.slot(`voices.${name}`)];
  expect(now).toMatchObject({ state: "ready", generation: 1, restarts: 0, running: then?.running as object });
  expect(now.instances.map(({ pid }) => pid)).toEqual(then?.instances.map(({ pid }) => pid) ?? []);
  expect((await engine.post("/v1/audio/speech", { input: "Still here.", voice: name })).status).toBe(200);
}

const swapTo = (change: object, name = "tone") =>
  engine.post(`/control/slots/voices.${name}/swap`, { settings: {}, ...change });

for (const [name, [, ...why]] of Object.entries(TARGETS)) {
  test(`a swap to a voice that is ${name} fails with the reason, and the old one keeps serving`, async () => {
    await isRefused(swapTo({ plugin: name }), ...why);
  });
}

for (const [index, [name, [, ...why]]] of Object.entries(HEIRS).entries()) {
  test(`a swap to a release that ${name} of the one before fails with the reason, and the old one keeps serving`, async () => {
    const swap = swapTo({ plugin: `heir@2.${index}.0` }, "heir");
    await isRefused(swap, "restoring", ...why, "heir");
  });
}

test("a swap whose model file is deleted while it loads fails with the reason, and the old one keeps serving", async () => {
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

test("a swap to a corrupt ONNX model fails with the reason, and the old one keeps serving", async () => {
  const swap = swapTo({ plugin: "piper@1.0.0", model: `${MODEL}@1.0.2` });
  await isRefused(swap, "loading", "model-corrupt", /en_US-slt-tiny\.onnx/);
});
