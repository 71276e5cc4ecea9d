/**
 * Releases for tests: further versions of what ships, and plugins that were written for one test.
 *
 * @module
 */
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./engine-process.ts";

/**
 * Puts another version of a shipped plugin into a home: the same code under another version.
 *
 * @param folder e.g. `piper`
 */
export async function addPluginVersion(home: string, folder: string, version: string): Promise<void> {
  const directory = join(home, "plugins", folder, version);
  await cp(join(ROOT, "plugins", folder), directory, { recursive: true });
  // As `npm install` would do it for a plugin outside the tree.
  await symlink(join(ROOT, "node_modules"), join(home, "plugins", folder, "node_modules")).catch(() => {});
  await changeJson(join(directory, "plugin.json"), { version });
}

/** Puts another version of a shipped model into a home. */
export async function addModelVersion(
  home: string,
  name: string,
  version: string,
  change: object = {},
): Promise<string> {
  const directory = join(home, "models", name, version);
  await cp(join(ROOT, "models", name, "1.0.0"), directory, { recursive: true });
  await changeJson(join(directory, "model.json"), { version, ...change });
  return directory;
}

/** A home with a second version of the slt model, of other weights, and of the piper plugin. */
export async function addSecondVersions(home: string): Promise<void> {
  await addPluginVersion(home, "piper", "1.1.0");
  const rms = join(ROOT, "models/en_US-rms-tiny/1.0.0");
  const { sha256 } = (await Bun.file(join(rms, "model.json")).json()) as { sha256: Record<string, string> };
  const hash = sha256["en_US-rms-tiny.onnx"];
  const own = (await Bun.file(join(ROOT, "models/en_US-slt-tiny/1.0.0/model.json")).json()) as {
    sha256: Record<string, string>;
  };
  const directory = await addModelVersion(home, "en_US-slt-tiny", "1.1.0", {
    sha256: { ...own.sha256, "en_US-slt-tiny.onnx": hash },
  });
  await cp(join(rms, "en_US-rms-tiny.onnx"), join(directory, "en_US-slt-tiny.onnx"));
}

/** Puts a plugin of one file into a home. */
export async function addPlugin(
  home: string,
  manifest: { name: string; version: string } & Record<string, unknown>,
  main: string,
): Promise<string> {
  const directory = join(home, "plugins", manifest.name, manifest.version);
  await mkdir(directory, { recursive: true });
  const whole = {
    kind: "voice",
    engine: "^1.0.0",
    entry: "main.ts",
    description: "For a test.",
    license: "Apache-2.0",
    ...manifest,
  };
  await writeFile(join(directory, "plugin.json"), JSON.stringify(whole));
  await writeFile(join(directory, "main.ts"), main);
  return directory;
}

/** What a copy of the piper plugin outside the engine's tree has to be granted. */
export const PIPER_GRANTS = { piper: { read: ["$MODEL"], device: ["cuda"] } };

async function changeJson(path: string, change: object): Promise<void> {
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, "utf8")), ...change }));
}
