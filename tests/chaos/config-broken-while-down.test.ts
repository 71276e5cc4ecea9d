import { expect, test } from "bun:test";
import { writeFile } from "node:fs/promises";
import type { SlotList, Status } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { toneHz } from "../support/tone.ts";
import { parseWav } from "../support/wav.ts";

function configOf(hertz: number) {
  const voices = { ...TONE_ONLY.voices, tone: { plugin: "tone", settings: { hertz } } };
  return { ...TONE_ONLY, voices: { ...voices, other: { plugin: "tone" } } };
}

async function heard(engine: EngineProcess): Promise<number> {
  const response = await engine.post("/v1/audio/speech", { input: "How high?", response_format: "wav" });
  return toneHz(parseWav(await response.bytes()));
}

async function slotsOf(engine: EngineProcess) {
  const { slots } = await engine.get<SlotList>("/control/slots");
  return slots.map(({ slot, state, running }) => ({ slot, state, running }));
}

const configOn = async (engine: EngineProcess) => (await engine.get<Status>("/control/status")).config;

test("after a kill, an engine with a broken config file serves the last good config", async () => {
  await using first = await EngineProcess.start({ config: configOf(300) });
  const { configFile: origin } = first;
  expect(await first.save(configOf(500))).toContain("config version 2");
  const served = await slotsOf(first);
  first.kill("SIGKILL");
  await first.exited;

  await writeFile(origin, `{\n  "voices": {,}\n}\n`);
  await using second = await EngineProcess.start({ folder: first.folder });
  expect(await second.logged("config version 2: the last good one")).toContain('"level":"warn"');
  expect(await slotsOf(second)).toEqual(served);
  expect(await heard(second)).toBeCloseTo(500, -1);
  expect(await configOn(second)).toEqual({
    version: 2,
    sources: [
      {
        name: "file",
        state: "rejected",
        origin,
        problems: [expect.objectContaining({ origin, line: 2, column: 14 })],
      },
    ],
  });

  expect(await second.save(configOf(700))).toContain("config version 3");
  expect(await heard(second)).toBeCloseTo(700, -1);
  second.kill("SIGKILL");
  await second.exited;

  await using third = await EngineProcess.start({ folder: first.folder });
  expect(await configOn(third)).toEqual({
    version: 3,
    sources: [{ name: "file", state: "accepted", origin, problems: [] }],
  });
  expect(await heard(third)).toBeCloseTo(700, -1);
});
