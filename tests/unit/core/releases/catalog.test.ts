import { describe, expect, test } from "bun:test";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { Catalog } from "../../../../core/releases/catalog.ts";
import { releaseId } from "../../../../core/releases/release.ts";
import { temporaryFolder } from "./folder.ts";
import { modelRelease, pluginRelease } from "./releases.ts";

const plugin = (change: object = {}) => pluginRelease(change).manifest;
const model = (change: object = {}) => modelRelease(change).manifest;

function scan(plugins: string[], models: string[] = []): Promise<Catalog> {
  return Catalog.scan({ plugins: plugins.map((path) => ({ path, trusted: false })), models });
}

describe("the catalog of plugins", () => {
  test("finds <name>/plugin.json and <name>/<version>/plugin.json, several versions side by side", async () => {
    await using folder = await temporaryFolder({
      "tone/plugin.json": plugin({ name: "tone" }),
      "beep/1.0.0/plugin.json": plugin(),
      "beep/1.10.0/plugin.json": plugin({ version: "1.10.0" }),
      "beep/1.9.0/plugin.json": plugin({ version: "1.9.0" }),
      "beep/notes.txt": "no plugin",
    });
    const catalog = await scan([folder.path]);
    expect(catalog.plugins.map(releaseId)).toEqual(["beep@1.0.0", "beep@1.9.0", "beep@1.10.0", "tone@1.0.0"]);
    expect(catalog.problems).toEqual([]);
    expect(catalog.plugin("voice", "beep").directory).toBe(join(folder.path, "beep/1.10.0"));
    expect(() => catalog.plugin("sink", "beep")).toThrow("Cannot find sink plugin beep");
  });

  test("takes the folder of one plugin as well, and a link to one", async () => {
    await using folder = await temporaryFolder({ "elsewhere/plugin.json": plugin() });
    expect((await scan([join(folder.path, "elsewhere")])).plugins.map(releaseId)).toEqual(["beep@1.0.0"]);
    await using links = await temporaryFolder();
    await symlink(join(folder.path, "elsewhere"), join(links.path, "beep"));
    await symlink(join(folder.path, "gone"), join(links.path, "broken"));
    expect((await scan([links.path])).plugins.map(releaseId)).toEqual(["beep@1.0.0"]);
  });

  test("reports a broken manifest where it stands, and goes on with the others", async () => {
    await using folder = await temporaryFolder({
      "bad/plugin.json": plugin({ name: "bad", versoin: "1" }),
      "good/plugin.json": plugin({ name: "good" }),
      "worse/plugin.json": "{",
    });
    const catalog = await scan([folder.path]);
    expect(catalog.plugins.map(releaseId)).toEqual(["good@1.0.0"]);
    expect(catalog.problems).toEqual([
      {
        path: join(folder.path, "bad/plugin.json"),
        problems: [{ pointer: "/versoin", message: 'unknown key "versoin" (did you mean "version"?)' }],
      },
      {
        path: join(folder.path, "worse/plugin.json"),
        problems: [{ pointer: "", message: expect.stringContaining("cannot be read") }],
      },
    ]);
  });

  test("keeps the first of two equal releases, as their paths are ordered, and says which it ignores", async () => {
    await using shipped = await temporaryFolder({ "beep/plugin.json": plugin() });
    await using own = await temporaryFolder({ "beep/plugin.json": plugin() });
    const catalog = await Catalog.scan({
      plugins: [
        { path: shipped.path, trusted: true },
        { path: own.path, trusted: false },
      ],
      models: [],
    });
    expect(catalog.plugins).toMatchObject([{ directory: join(shipped.path, "beep"), trusted: true }]);
    expect(catalog.problems).toMatchObject([
      {
        path: join(own.path, "beep/plugin.json"),
        problems: [
          {
            message: `is ignored because ${join(shipped.path, "beep")} is the same release, voice beep@1.0.0`,
          },
        ],
      },
    ]);
  });

  test("tells plugins of one name and different kinds apart", async () => {
    await using folder = await temporaryFolder({
      "a/plugin.json": plugin({ name: "file", kind: "sink" }),
      "b/plugin.json": plugin({ name: "file", kind: "config-source" }),
    });
    const catalog = await scan([folder.path]);
    expect(catalog.problems).toEqual([]);
    expect(catalog.plugin("sink", "file").directory).toBe(join(folder.path, "a"));
  });

  test("counts a folder that is not there as empty, and one that is named twice as one", async () => {
    await using folder = await temporaryFolder({ "beep/plugin.json": plugin() });
    const catalog = await scan([join(folder.path, "no/such"), folder.path, folder.path], ["/no/such/models"]);
    expect(catalog.plugins).toHaveLength(1);
    expect(catalog.problems).toEqual([]);
  });

  test("leaves hidden folders alone, as half a download lies in one", async () => {
    await using folder = await temporaryFolder({ ".partial/plugin.json": plugin() });
    expect((await scan([folder.path])).plugins).toEqual([]);
  });
});

describe("the catalog of models", () => {
  test("tells the size of the weights", async () => {
    await using folder = await temporaryFolder({
      "tiny/1.0.0/model.json": model(),
      "tiny/1.0.0/tiny.onnx": "weights",
      "lost/model.json": model({ name: "lost" }),
    });
    const { models } = await scan([], [folder.path]);
    expect(models.map(({ name, bytes }) => [name, bytes])).toEqual([
      ["lost", 0],
      ["tiny", 7],
    ]);
  });

  test("takes a bare Piper pair as a model of version 0.0.0, in the folder or one below it", async () => {
    await using folder = await temporaryFolder({
      "de_DE-thorsten.onnx": "weights",
      "de_DE-thorsten.onnx.json": { language: { code: "de_DE" } },
      "old/en-old.onnx": "weights",
      "old/en-old.onnx.json": { espeak: { voice: "en-us" } },
      "broken.onnx": "weights",
      "broken.onnx.json": "not json",
      "alone.onnx": "weights without a config",
    });
    const catalog = await scan([], [folder.path]);
    expect(catalog.models.map((release) => [releaseId(release), release.manifest.languages])).toEqual([
      ["broken@0.0.0", ["und"]],
      ["de_DE-thorsten@0.0.0", ["de-DE"]],
      ["en-old@0.0.0", ["en-us"]],
    ]);
    expect(catalog.model("de_DE-thorsten")).toMatchObject({
      bytes: 7,
      manifest: {
        format: "piper",
        files: { model: "de_DE-thorsten.onnx", config: "de_DE-thorsten.onnx.json" },
      },
    });
  });

  test("does not read a Piper config over 1 MiB", async () => {
    await using folder = await temporaryFolder({
      "large.onnx": "weights",
      "large.onnx.json": JSON.stringify({ language: { code: "de_DE" } }).padEnd(2 ** 20 + 1),
    });
    expect((await scan([], [folder.path])).model("large").manifest.languages).toEqual(["und"]);
  });

  test("does not take the pair of a model with a manifest for another model", async () => {
    await using folder = await temporaryFolder({
      "tiny/model.json": model(),
      "tiny/tiny.onnx": "weights",
      "tiny/tiny.onnx.json": {},
    });
    expect((await scan([], [folder.path])).models.map(releaseId)).toEqual(["tiny@1.0.0"]);
  });
});
