import { describe, expect, test } from "bun:test";
import { readModelManifest, readPluginManifest } from "../../../../core/releases/manifest.ts";
import { temporaryFolder } from "./folder.ts";
import { modelRelease, pluginRelease } from "./releases.ts";

const PLUGIN = pluginRelease().manifest;

/** @returns what is wrong with a plugin.json, a line each */
async function problemsOf(manifest: unknown): Promise<string[]> {
  await using folder = await temporaryFolder();
  const read = await readPluginManifest(await folder.write("plugin.json", manifest));
  return "problem" in read
    ? read.problem.problems.map(({ pointer, message }) => `${pointer} ${message}`)
    : [];
}

describe("a manifest", () => {
  test("that is right is read as it stands", async () => {
    await using folder = await temporaryFolder({
      "plugin.json": PLUGIN,
      "model.json": modelRelease().manifest,
    });
    expect(await readPluginManifest(`${folder.path}/plugin.json`)).toEqual({ manifest: PLUGIN });
    expect(await readModelManifest(`${folder.path}/model.json`)).toEqual({
      manifest: modelRelease().manifest,
    });
  });

  test("that is no JSON, or not there, is reported where it stands", async () => {
    await using folder = await temporaryFolder({ "plugin.json": "{ not json" });
    const path = `${folder.path}/plugin.json`;
    expect(await readPluginManifest(path)).toEqual({
      problem: {
        path,
        problems: [{ pointer: "", message: expect.stringContaining("cannot be read: JSON Parse error") }],
      },
    });
    expect(await readModelManifest(`${folder.path}/model.json`)).toMatchObject({
      problem: { problems: [{ message: expect.stringContaining("cannot be read") }] },
    });
  });

  test("over 1 MiB is refused unread", async () => {
    const description = "x".repeat(2 ** 20);
    const message = "is larger than 1 MiB";
    expect(await problemsOf({ ...PLUGIN, description })).toEqual([` ${message}`]);
    await using folder = await temporaryFolder({ "model.json": "{ not json".padEnd(2 ** 20 + 1) });
    const path = `${folder.path}/model.json`;
    expect(await readModelManifest(path)).toEqual({
      problem: { path, problems: [{ pointer: "", message }] },
    });
    await folder.write("model.json", JSON.stringify(modelRelease().manifest).padEnd(2 ** 20));
    expect(await readModelManifest(path)).toEqual({ manifest: modelRelease().manifest });
  });

  test("that is no file is refused, and not waited for", async () => {
    await using folder = await temporaryFolder();
    const path = `${folder.path}/plugin.json`;
    expect(Bun.spawnSync(["mkfifo", path]).exitCode).toBe(0);
    expect(await readPluginManifest(path)).toEqual({
      problem: { path, problems: [{ pointer: "", message: "cannot be read: it is not a file" }] },
    });
  });

  test("is told all of its mistakes at once, each with its place and what is needed", async () => {
    const { license: _, ...rest } = PLUGIN;
    const broken = { ...rest, version: "1.0", kind: "speaker", descripton: "x", permissions: { read: [3] } };
    expect((await problemsOf(broken)).sort()).toEqual([
      ' "license" is missing',
      '/descripton unknown key "descripton" (did you mean "description"?)',
      "/kind must be one of voice, config-source, sink",
      "/permissions/read/0 must be string or object",
      "/version must be: Semantic version.",
    ]);
  });

  test("needs one way to be started, and one alone", async () => {
    const { entry: _, ...neither } = PLUGIN;
    expect(await problemsOf(neither)).toEqual([' needs "entry" or "command"']);
    expect(await problemsOf({ ...PLUGIN, command: ["python3", "main.py"] })).toEqual([
      ' must have only one of "entry" and "command"',
    ]);
  });

  test("for another plugin API is told both versions", async () => {
    expect(await problemsOf({ ...PLUGIN, engine: "^2.0.0" })).toEqual([
      "/engine asks for plugin API ^2.0.0, this engine offers 1.0.0",
    ]);
    expect(await problemsOf({ ...PLUGIN, engine: "newest" })).toEqual([
      '/engine "newest" is not a semver range',
    ]);
  });

  test("whose settings are no JSON Schema is refused before anyone fills a slot with it", async () => {
    const [problem] = await problemsOf({ ...PLUGIN, settings: { properties: { hertz: { type: "nmber" } } } });
    expect(problem).toStartWith("/settings is not a JSON Schema");
  });

  test("whose settings would keep the engine from other work is refused with the reason", async () => {
    const settings = { properties: { name: { pattern: "(?=a)b" } } };
    const [problem] = await problemsOf({ ...PLUGIN, settings });
    expect(problem).toStartWith('/settings cannot be used because its pattern "(?=a)b" cannot be used: ');
  });

  test("of a model cannot name a file outside its folder", async () => {
    for (const file of ["../other.onnx", "/etc/passwd", "a/../../b"]) {
      await using folder = await temporaryFolder({
        "model.json": modelRelease({ files: { model: file } }).manifest,
      });
      expect(await readModelManifest(`${folder.path}/model.json`)).toMatchObject({
        problem: { problems: [{ pointer: "/files/model" }] },
      });
    }
  });
});
