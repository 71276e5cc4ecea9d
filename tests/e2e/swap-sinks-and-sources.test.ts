import { expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { addPluginVersion } from "../support/releases.ts";
import { toneHz } from "../support/tone.ts";
import { parseWav } from "../support/wav.ts";

/** What copies of the file plugins outside the engine's tree have to be granted. */
const FILE_GRANTS = {
  file: {
    read: ["$DATA", "$SETTINGS.directory", "$SETTINGS.path/.."],
    write: ["$DATA", "$SETTINGS.directory"],
  },
};
const ROUND = 25;

const restoring = ({ stages }: SwapRecord) => stages.find(({ stage }) => stage === "restoring")?.detail;

test("a sink that is swapped to another version and back, during utterances for it, stores each of them once and whole", async () => {
  await using engine = await EngineProcess.start({
    prepare: (home) => addPluginVersion(home, "file-sink", "1.1.0"),
    config: {
      ...TONE_ONLY,
      plugins: { grants: FILE_GRANTS },
      sinks: { archive: { plugin: "file@1.0.0", settings: { name: "{id}.{format}" } } },
    },
  });
  const spoken: Promise<string>[] = [];
  const speak = async () => {
    const response = await engine.post("/v1/audio/speech", {
      input: `This is number ${spoken.length}.`,
      sinks: ["archive"],
    });
    await response.bytes();
    return `${response.status} ${response.headers.get("X-Request-Id")}`;
  };
  const start = () => {
    for (let i = 0; i < ROUND; i++) spoken.push(speak());
  };

  start();
  await spoken[0];
  await engine.logged("kept as ");
  const there = engine.swap("sinks.archive", { plugin: "file@1.1.0" });
  start();
  expect(restoring(await there)).toEndWith(" bytes from file@1.0.0");
  expect(await engine.logged("took over from file@1.0.0")).toContain("utterances stored");
  const back = engine.swap("sinks.archive", { plugin: "file@1.0.0" });
  start();
  expect(restoring(await back)).toEndWith(" bytes from file@1.1.0");
  const answers = await Promise.all(spoken);
  expect(answers.filter((answer) => !answer.startsWith("200 "))).toEqual([]);
  // It ends when nothing is on its way to a sink any more.
  expect(await engine.stop()).toBe(0);

  const folder = join(engine.home, "data", "sinks.archive");
  const files = await readdir(folder);
  expect(files.sort()).toEqual(answers.map((answer) => `${answer.slice(4)}.wav`).sort());
  for (const file of files)
    expect(parseWav(await Bun.file(join(folder, file)).bytes()).seconds).toBeGreaterThan(0.3);
  expect(await readdir(join(engine.home, "spool"))).toEqual([]);
});

test("a config source that is swapped to another version and back still sees edits, also those during the swap", async () => {
  const config = (hertz: number) => ({
    ...TONE_ONLY,
    plugins: { grants: FILE_GRANTS },
    voices: { ...TONE_ONLY.voices, tone: { plugin: "tone", settings: { hertz } } },
  });
  const heard = async () => {
    const response = await engine.post("/v1/audio/speech", { input: "How high?", response_format: "wav" });
    return toneHz(parseWav(await response.bytes()));
  };
  await using engine = await EngineProcess.start({ config: config(300) });
  await addPluginVersion(engine.home, "file-source", "1.1.0");
  await engine.post("/control/plugins/rescan");
  let hertz = 300;
  for (const plugin of ["file@1.1.0", "file@1.0.0"]) {
    const swap = engine.swap("sources.file", { plugin });
    expect(await engine.save(config((hertz += 100)))).toContain("config version");
    expect(await swap).toMatchObject({ stage: "done", to: { plugin } });
    expect(restoring(await swap)).toBe("nothing to hand over");
    expect(await heard()).toBeCloseTo(hertz, -1);
    expect(await engine.save(config((hertz += 100)))).toContain("config version");
    expect(await heard()).toBeCloseTo(hertz, -1);
  }
});
