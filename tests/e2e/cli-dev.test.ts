import { expect, test } from "bun:test";
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineProcess, ROOT, TONE_ONLY } from "../support/engine-process.ts";
import { toneHz } from "../support/tone.ts";
import { parseWav } from "../support/wav.ts";

const SLOT = "voices.beep";

/** A copy of the plugin `tone` under development, in a folder of its own. */
class Workshop implements AsyncDisposable {
  private constructor(readonly folder: string) {}

  static async open(): Promise<Workshop> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "syrinx-dev-")));
    await cp(join(ROOT, "plugins/tone"), folder, { recursive: true });
    const workshop = new Workshop(folder);
    // It asks for a permission: under development it is granted.
    await workshop.edit("plugin.json", (text) =>
      JSON.stringify({ ...JSON.parse(text), name: "beep", permissions: { read: ["$DATA"] } }),
    );
    return workshop;
  }

  async edit(file: string, change: (text: string) => string): Promise<void> {
    const path = join(this.folder, file);
    await writeFile(path, change(await readFile(path, "utf8")));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

function develop(workshop: Workshop): Promise<EngineProcess> {
  return EngineProcess.start({
    command: ["dev", workshop.folder],
    config: {
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, beep: { plugin: "beep" } },
      speech: { defaultVoice: "beep" },
    },
  });
}

async function heard(engine: EngineProcess): Promise<number> {
  const response = await engine.post("/v1/audio/speech", { input: "How high am I?", response_format: "wav" });
  return toneHz(parseWav(await response.bytes()));
}

test("syrinx dev reloads a plugin when a file of it is saved: its code or its manifest, and no other slot", async () => {
  await using workshop = await Workshop.open();
  await using engine = await develop(workshop);
  await engine.logged("watching ");
  const other = await engine.slot("voices.tone");
  expect(await heard(engine)).toBeCloseTo(440, -1);

  let from = engine.log.length;
  await workshop.edit("plugin.json", (text) => text.replace('"default":440', '"default":600'));
  expect(await engine.logged(`${SLOT}: `, from)).toBe(`${SLOT}: reloaded`);
  expect(await heard(engine)).toBeCloseTo(600, -1);

  from = engine.log.length;
  await workshop.edit("main.ts", (text) => text.replace(": settings.hertz", ": settings.hertz / 2"));
  expect(await engine.logged(`${SLOT}: `, from)).toBe(`${SLOT}: reloaded`);
  expect(await heard(engine)).toBeCloseTo(300, -1);
  expect((await engine.slot("voices.tone")).instances[0]!.pid).toBe(other.instances[0]!.pid);
});

test("syrinx dev keeps the old plugin serving and says so, when what was saved does not run", async () => {
  await using workshop = await Workshop.open();
  await using engine = await develop(workshop);
  await engine.logged("watching ");
  const before = await engine.slot(SLOT);

  let from = engine.log.length;
  await workshop.edit("main.ts", (text) => text.replace("export default voice", "export default ) voice"));
  expect(await engine.logged(`${SLOT}: kept`, from)).toMatch(/kept the old one: .*Unexpected \)/);
  expect(await heard(engine)).toBeCloseTo(440, -1);

  from = engine.log.length;
  await workshop.edit("plugin.json", (text) => text.replace('"voice"', '"vioce"'));
  expect(await engine.logged("/kind ", from)).toBe(
    `${workshop.folder}/plugin.json /kind must be one of voice, config-source, sink`,
  );
  expect(await heard(engine)).toBeCloseTo(440, -1);
  const after = await engine.slot(SLOT);
  expect(after.instances.map(({ pid }) => pid)).toEqual(before.instances.map(({ pid }) => pid));

  from = engine.log.length;
  await workshop.edit("main.ts", (text) => text.replace("export default ) voice", "export default voice"));
  await workshop.edit("plugin.json", (text) => text.replace('"vioce"', '"voice"'));
  expect(await engine.logged(`${SLOT}: reloaded`, from)).toBe(`${SLOT}: reloaded`);
  expect(await heard(engine)).toBeCloseTo(440, -1);
});
