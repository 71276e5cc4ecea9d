import { describe, expect, test } from "bun:test";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SlotList, Status } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { EventReader } from "../support/event-reader.ts";
import { addPlugin } from "../support/releases.ts";
import { toneHz } from "../support/tone.ts";
import { parseWav } from "../support/wav.ts";
import { addWeightyVoice, breakModel, WEIGHTY_GRANTS } from "../support/weighty-voice.ts";

const CAGED = `import { voice } from "syrinx/sdk";
export default voice({ load() { throw new Error("I do not like this cage"); } });`;

const prepare = async (home: string) => {
  await addPlugin(home, { name: "caged", version: "1.0.0" }, CAGED);
};

const tone = (hertz: number) => ({ plugin: "tone", settings: { hertz } });

function config(voices: object, more: object = {}) {
  return { ...TONE_ONLY, voices: { ...TONE_ONLY.voices, ...voices }, ...more };
}

async function slots(engine: EngineProcess) {
  const { slots: all } = await engine.get<SlotList>("/control/slots");
  return all.map(({ slot, state, desired, running, generation }) => ({
    slot,
    state,
    desired,
    running,
    generation,
  }));
}

const status = async (engine: EngineProcess) => (await engine.get<Status>("/control/status")).config;

async function heard(engine: EngineProcess, voice: string): Promise<number> {
  const response = await engine.post("/v1/audio/speech", {
    input: "How high?",
    voice,
    response_format: "wav",
  });
  return toneHz(parseWav(await response.bytes()));
}

describe("a config with one slot that fails to load", () => {
  test("is rejected as a whole, with the slot's position, and every other slot is rolled back", async () => {
    await using engine = await EngineProcess.start({
      config: config({ a: tone(300), b: tone(400), d: tone(500) }),
      prepare,
    });
    const before = await slots(engine);
    const events = await EventReader.open(engine.url);
    const text = JSON.stringify(config({ a: tone(600), c: tone(700), b: { plugin: "caged" } }), null, 2);
    const line = text.split("\n").findIndex((one) => one.includes('"b"')) + 1;
    const logged = await engine.save(text);
    expect(logged).toContain(`${engine.configFile}:${line}:5 /voices/b I do not like this cage`);
    const problem = {
      pointer: "/voices/b",
      message: "I do not like this cage",
      origin: engine.configFile,
      line,
      column: 5,
    };
    expect(await status(engine)).toEqual({
      version: 1,
      sources: [{ name: "file", state: "rejected", origin: engine.configFile, problems: [problem] }],
    });
    const told = await events.until((event) => event.kind === "config");
    expect(told).toMatchObject({ outcome: "rejected", version: 1, problems: [problem] });

    const after = await slots(engine);
    const withoutNumbers = (all: typeof after) => all.map(({ generation: _, ...rest }) => rest);
    expect(withoutNumbers(after)).toEqual(withoutNumbers(before));
    // It was changed, and changed back.
    expect(after.find(({ slot }) => slot === "voices.a")!.generation).toBe(3);
    for (const [voice, hertz] of [
      ["a", 300],
      ["b", 400],
      ["d", 500],
      ["tone", 440],
    ] as const)
      expect(await heard(engine, voice)).toBeCloseTo(hertz, -1);

    expect(await engine.save(config({ a: tone(600), b: tone(400) }))).toContain("config version 2");
    expect(await heard(engine, "a")).toBeCloseTo(600, -1);
  });

  test("touches no slot if the release is not there or its settings do not fit, and says so of all at once", async () => {
    await using engine = await EngineProcess.start({ config: config({ a: tone(300) }) });
    const before = await slots(engine);
    const broken = { a: tone(600), b: { plugin: "nowhere" }, c: { plugin: "tone", settings: { herz: 1 } } };
    await engine.save(config(broken));
    const [{ problems } = { problems: [] }] = (await status(engine)).sources;
    expect(problems).toEqual([
      expect.objectContaining({
        pointer: "/voices/b",
        message: expect.stringContaining("Cannot find voice plugin nowhere"),
        line: expect.any(Number),
      }),
      expect.objectContaining({
        pointer: "/voices/c/settings/herz",
        message: 'unknown key "herz" (did you mean "hertz"?)',
        line: expect.any(Number),
      }),
    ]);
    expect(await slots(engine)).toEqual(before);
  });

  test("reverts its grants, limits and default voice too", async () => {
    await using engine = await EngineProcess.start({ config: config({ a: tone(300) }), prepare });
    const more = {
      speech: { defaultVoice: "a", maxCharacters: 5 },
      plugins: { grants: { caged: { read: ["/etc/hostname"] } } },
      log: { level: "error" },
    };
    await engine.save(config({ a: tone(600), b: { plugin: "caged" } }, more));
    const response = await engine.post("/v1/audio/speech", {
      input: "Not too long.",
      response_format: "wav",
    });
    expect(response.headers.get("X-Syrinx-Voice")).toBe("tone");
    await response.bytes();
    // The level of the log is the one before: a version that is taken is told.
    expect(await engine.save(config({ a: tone(700) }))).toContain("config version 2");
  });

  test("that failed at the start does not stop a config that leaves it alone", async () => {
    await using engine = await EngineProcess.start({ config: config({ b: { plugin: "caged" } }), prepare });
    expect((await engine.slot("voices.b")).state).toBe("failed");
    expect((await status(engine)).sources[0]).toMatchObject({ state: "accepted" });
    expect(await engine.save(config({ b: { plugin: "caged" }, a: tone(300) }))).toContain("config version 2");
    expect((await engine.slot("voices.b")).state).toBe("failed");
    expect(await engine.save(config({ b: tone(400), a: tone(300) }))).toContain("config version 3");
    expect(await heard(engine, "b")).toBeCloseTo(400, -1);
  });
});

describe("a voice that fits only after another one is unloaded", () => {
  const MB = 1e6;
  const weighty = (model: string) => ({ plugin: "weighty", model, device: "cpu" });
  const weighed = (voices: object) =>
    config(voices, { plugins: { grants: WEIGHTY_GRANTS }, memory: { budgets: { host: 3_000 * MB } } });
  const start = () =>
    EngineProcess.start({
      config: weighed({ old: weighty("heavy") }),
      prepare: (home) => addWeightyVoice(home, { heavy: 2_000 * MB, other: 2_000 * MB }),
    });

  test("is loaded if the same config removes the other one", async () => {
    await using engine = await start();
    expect((await engine.slot("voices.old")).state).toBe("ready");
    expect(await engine.save(weighed({ next: weighty("other") }))).toContain("config version 2");
    expect((await engine.slot("voices.next")).state).toBe("ready");
  });

  test("and fails to load leaves the other one serving", async () => {
    await using engine = await start();
    await breakModel(join(engine.home), "other");
    await engine.save(weighed({ next: weighty("other") }));
    expect((await status(engine)).sources[0]).toMatchObject({
      state: "rejected",
      problems: [{ pointer: "/voices/next", message: "these weights are broken" }],
    });
    expect((await engine.slot("voices.old")).state).toBe("ready");
    expect((await slots(engine)).map(({ slot }) => slot)).not.toContain("voices.next");
  });
});

test("a config that was rejected because a release was missing is applied when it is saved after the release is installed", async () => {
  await using engine = await EngineProcess.start({ config: config({}) });
  const wanted = config({ late: { plugin: "late" } });
  await engine.save(wanted);
  const { sources } = await status(engine);
  expect(sources[0]!.state).toBe("rejected");
  const MAIN = await Bun.file(join(import.meta.dir, "../../plugins/tone/main.ts")).text();
  const { settings } = (await Bun.file(join(import.meta.dir, "../../plugins/tone/plugin.json")).json()) as {
    settings: object;
  };
  await addPlugin(engine.home, { name: "late", version: "1.0.0", settings }, MAIN);
  await engine.post("/control/plugins/rescan");
  await writeFile(engine.configFile, `${JSON.stringify(wanted)}\n// again`);
  await engine.logged("config version 2");
  expect(await heard(engine, "late")).toBeCloseTo(440, -1);
});
