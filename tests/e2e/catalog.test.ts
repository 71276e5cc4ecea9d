import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { appendFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ModelList, OpenAiError, PluginList, Problem } from "../../schemas/generated/api.ts";
import { BEEP } from "../support/beeping-voice.ts";
import { EngineProcess } from "../support/engine-process.ts";
import { addModelVersion, addPlugin, addPluginVersion, PIPER_GRANTS } from "../support/releases.ts";

const MODEL = "en_US-slt-tiny";
const WEIGHTS = `${MODEL}.onnx`;
const PIPER = "piper@1.0.0";

/** The config of an engine with one voice that is well, and one for each way to be ill. */
function config(grants: object = {}) {
  return {
    plugins: { grants: { ...PIPER_GRANTS, ...grants } },
    voices: {
      slt: { plugin: PIPER, model: `${MODEL}@1.0.0` },
      rms: null,
      tampered: { plugin: PIPER, model: `${MODEL}@1.0.1` },
      missing: { plugin: PIPER, model: `${MODEL}@1.0.2` },
      torn: { plugin: PIPER, model: `${MODEL}@1.0.3` },
      odd: { plugin: "odd" },
      future: { plugin: "future" },
      shy: { plugin: "shy" },
      ranged: { plugin: "piper@^1.0.0", model: `${MODEL}@<1.0.1` },
      beyond: { plugin: "piper@^3.0.0", model: MODEL },
    },
    sinks: { archive: null },
  };
}

let engine: EngineProcess;
let home: string;
let sltPid: number | undefined;

beforeAll(async () => {
  engine = await EngineProcess.start({
    config: config(),
    async prepare(folder) {
      home = folder;
      await appendFile(join(await addModelVersion(home, MODEL, "1.0.1"), WEIGHTS), "x");
      await rm(join(await addModelVersion(home, MODEL, "1.0.2"), WEIGHTS));
      const torn = await addModelVersion(home, MODEL, "1.0.3", { sha256: {} });
      await writeFile(join(torn, WEIGHTS), "This is no ONNX.");
      await addPlugin(home, { name: "odd", version: "1.0.0", voice: { formats: "piper" } }, BEEP);
      await addPlugin(home, { name: "future", version: "1.0.0", engine: "^2.0.0" }, BEEP);
      const reason = "To greet by name";
      await addPlugin(
        home,
        { name: "shy", version: "1.0.0", permissions: { read: [{ allow: "/etc/hostname", reason }] } },
        BEEP,
      );
      await addPluginVersion(home, "piper", "1.1.0");
      await addPluginVersion(home, "piper", "2.0.0");
    },
  });
  sltPid = await pidOf("voices.slt");
});
afterAll(() => engine[Symbol.asyncDispose]());

async function pidOf(slot: string): Promise<number | undefined> {
  return (await engine.slot(slot)).instances[0]?.pid;
}

function speak(voice: string): Promise<Response> {
  return engine.post("/v1/audio/speech", { input: "Good morning.", voice, response_format: "wav" });
}

/** Checks that a slot has failed with the error, that a request for it says the same, and that `slt` speaks on. */
async function expectFailed(name: string, code: string, says: string | RegExp): Promise<void> {
  const slot = await engine.slot(`voices.${name}`);
  expect(slot).toMatchObject({ state: "failed", running: null, instances: [], error: { code } });
  const { message } = slot.error!;
  expect(message).toMatch(says);
  const response = await speak(name);
  const { error } = (await response.json()) as OpenAiError;
  expect([response.status, error.code]).toEqual([503, "slot-failed"]);
  expect(error.message).toBe(`Slot voices.${name} is failed: ${message}`);
  await expectSltSpeaks();
}

async function expectSltSpeaks(): Promise<void> {
  const response = await speak("slt");
  expect(response.headers.get("X-Syrinx-Release")).toBe(`${PIPER}+${MODEL}@1.0.0`);
  expect((await response.bytes()).length).toBeGreaterThan(10_000);
  expect(await pidOf("voices.slt")).toBe(sltPid);
}

describe("a model", () => {
  test("whose hash is wrong is not loaded, and the error has both hashes", async () => {
    await expectFailed(
      "tampered",
      "model-corrupt",
      /^Cannot load model en_US-slt-tiny@1\.0\.1 because .+\.onnx has SHA-256 [0-9a-f]{64}, and model\.json says [0-9a-f]{64}\. Install the model again$/,
    );
  });

  test("of which a file is missing is not loaded, and the file is named", async () => {
    const path = join(home, "models", MODEL, "1.0.2", WEIGHTS);
    await expectFailed(
      "missing",
      "model-corrupt",
      `Cannot load model ${MODEL}@1.0.2 because ${path} cannot be read. Install the model again`,
    );
  });

  test("that is not ONNX fails in its own process, which then ends", async () => {
    await expectFailed("torn", "model-corrupt", WEIGHTS);
  });
});

describe("a plugin", () => {
  test("whose manifest has a wrong type is reported with its position", async () => {
    const { problems } = await engine.get<PluginList>("/control/plugins");
    const path = join(home, "plugins/odd/1.0.0/plugin.json");
    expect(problems).toContainEqual({
      path,
      problems: [{ pointer: "/voice/formats", message: "must be array" }],
    });
    await expectFailed("odd", "release-not-found", /^Cannot find voice plugin odd: on disk are /);
  });

  test("for another plugin API is reported with both versions", async () => {
    const { problems } = await engine.get<PluginList>("/control/plugins");
    const message = "asks for plugin API ^2.0.0, this engine offers 1.0.0";
    expect(problems).toContainEqual({
      path: join(home, "plugins/future/1.0.0/plugin.json"),
      problems: [{ pointer: "/engine", message }],
    });
    await expectFailed("future", "release-not-found", /^Cannot find voice plugin future: on disk are /);
  });

  test("with several versions on disk is chosen by range", async () => {
    const { plugins } = await engine.get<PluginList>("/control/plugins");
    const versions = plugins.filter(({ name }) => name === "piper").map(({ version }) => version);
    expect(versions).toEqual(["1.0.0", "1.1.0", "2.0.0"]);
    const { models } = await engine.get<ModelList>("/control/models");
    expect(models.filter(({ name }) => name === MODEL).map(({ version }) => version)).toEqual([
      "1.0.0",
      "1.0.1",
      "1.0.2",
      "1.0.3",
    ]);
    const response = await speak("ranged");
    await response.bytes();
    expect(response.headers.get("X-Syrinx-Release")).toBe(`piper@1.1.0+${MODEL}@1.0.0`);
    const none = "Cannot find voice plugin piper@^3.0.0: on disk are piper@1.0.0, piper@1.1.0, piper@2.0.0";
    await expectFailed("beyond", "release-not-found", none);
  });

  test("that is installed later is found by a rescan, which changes nothing that runs", async () => {
    const { plugins: before } = await engine.get<PluginList>("/control/plugins");
    await addPlugin(home, { name: "late", version: "1.0.0" }, BEEP);
    const { plugins } = (await (await engine.post("/control/plugins/rescan")).json()) as PluginList;
    expect(plugins).toHaveLength(before.length + 1);
    expect(plugins).toContainEqual(expect.objectContaining({ name: "late", state: "available" }));
    const [stage, ranged] = [(await engine.swap("voices.odd", { plugin: "late" })).stage, await speak("odd")];
    expect([stage, ranged.headers.get("X-Syrinx-Release")]).toEqual(["done", "late@1.0.0"]);
    await ranged.bytes();
    await expectSltSpeaks();
  });

  test("that asks for more than it was granted is blocked, and how to grant it works, live", async () => {
    const { plugins } = await engine.get<PluginList>("/control/plugins");
    const missing = [{ kind: "read", allow: "/etc/hostname", reason: "To greet by name" }];
    const shy = plugins.find(({ name }) => name === "shy");
    expect(shy).toMatchObject({ state: "blocked", permissions: { asked: missing, missing } });
    const message = shy!.reason!.replace("shy@1.0.0", "Cannot start plugin shy@1.0.0 because it");
    await expectFailed("shy", "plugin-blocked", message);
    const swap = await engine.post("/control/slots/voices.slt/swap", { plugin: "shy", model: undefined });
    expect([swap.status, ((await swap.json()) as Problem).code]).toEqual([403, "plugin-blocked"]);

    const printed = JSON.parse(
      /To grant it: syrinx plugins grant shy@1\.0\.0, or add to the config: (\{.+\})$/.exec(
        shy!.reason!,
      )![1]!,
    ) as {
      plugins: { grants: object };
    };
    expect(await engine.save(config(printed.plugins.grants))).toContain("config version 3");
    const response = await speak("shy");
    expect(response.headers.get("X-Syrinx-Release")).toBe("shy@1.0.0");
    await response.bytes();
    await expectSltSpeaks();
  });
});
