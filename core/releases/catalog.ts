/**
 * Finds the releases on disk.
 *
 * @module
 */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import semver from "semver";
import type { ManifestProblem } from "../../schemas/generated/api.ts";
import type { ModelManifest } from "../../schemas/generated/model.ts";
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import { MAX_MANIFEST_BYTES, readModelManifest, readPluginManifest } from "./manifest.ts";
import { type ModelRelease, type PluginRelease, pickRelease, releaseId } from "./release.ts";

export interface CatalogPaths {
  /** Folders of plugins, or of one plugin. Trusted plugins are granted all that they ask for. */
  plugins: readonly { path: string; trusted: boolean }[];
  /** Folders of models. */
  models: readonly string[];
}

/** The releases that one scan of the disk found. */
export class Catalog {
  private constructor(
    readonly plugins: readonly PluginRelease[],
    readonly models: readonly ModelRelease[],
    /** Manifests that could not be read. The other releases are still found. */
    readonly problems: readonly ManifestProblem[],
  ) {}

  /** Scans every folder. A missing folder counts as empty. */
  static async scan(paths: CatalogPaths): Promise<Catalog> {
    const plugins = new Map<string, PluginRelease>();
    const models = new Map<string, ModelRelease>();
    const problems: ManifestProblem[] = [];
    for (const { path, trusted } of paths.plugins) {
      for (const directory of await releaseFolders(path, "plugin.json")) {
        const read = await readPluginManifest(join(directory, "plugin.json"));
        if ("problem" in read) problems.push(read.problem);
        else {
          const { name, version, kind } = read.manifest;
          keep(
            plugins,
            `${kind} ${releaseId(read.manifest)}`,
            { kind, name, version, manifest: read.manifest, directory, trusted },
            "plugin.json",
            problems,
          );
        }
      }
    }
    for (const path of paths.models) {
      for (const directory of await releaseFolders(path, "model.json")) {
        const read = await readModelManifest(join(directory, "model.json"));
        if ("problem" in read) problems.push(read.problem);
        else
          keep(
            models,
            releaseId(read.manifest),
            await modelRelease(read.manifest, directory),
            "model.json",
            problems,
          );
      }
      for (const release of await barePiperModels(path))
        keep(models, releaseId(release), release, "model.json", problems);
    }
    return new Catalog([...plugins.values()].sort(byRelease), [...models.values()].sort(byRelease), problems);
  }

  /**
   * @param isPreferred these releases are chosen before all others, whatever their version
   * @throws SyrinxError release-not-found
   */
  plugin(kind: PluginKind, range: string, isPreferred?: (release: PluginRelease) => boolean): PluginRelease {
    const ofKind = this.plugins.filter((release) => release.kind === kind);
    return pickRelease(ofKind, range, `${kind} plugin`, isPreferred);
  }

  /** @throws SyrinxError release-not-found */
  model(range: string): ModelRelease {
    return pickRelease(this.models, range, "model");
  }
}

function byRelease(a: { name: string; version: string }, b: { name: string; version: string }): number {
  return a.name.localeCompare(b.name) || semver.compare(a.version, b.version);
}

/** Of two equal releases the first is kept, as with programs on `$PATH`; the other is reported. */
function keep<R extends { directory: string }>(
  found: Map<string, R>,
  id: string,
  release: R,
  file: string,
  problems: ManifestProblem[],
): void {
  const first = found.get(id);
  if (!first) found.set(id, release);
  else if (first.directory !== release.directory) {
    const message = `is ignored because ${first.directory} is the same release, ${id}`;
    problems.push({ path: join(release.directory, file), problems: [{ pointer: "", message }] });
  }
}

/** @returns the folders `<name>` and `<name>/<version>` below `path` that hold `file`; or `path` itself, if it does */
async function releaseFolders(path: string, file: string): Promise<string[]> {
  if (await isFile(join(path, file))) return [path];
  const folders: string[] = [];
  for (const name of await subfolders(path)) {
    if (await isFile(join(name, file))) folders.push(name);
    for (const version of await subfolders(name)) {
      if (await isFile(join(version, file))) folders.push(version);
    }
  }
  return folders;
}

/** `NAME.onnx` with `NAME.onnx.json` in a models folder counts as `NAME@0.0.0`: most people have such pairs. */
async function barePiperModels(path: string): Promise<ModelRelease[]> {
  const releases: ModelRelease[] = [];
  for (const folder of [path, ...(await subfolders(path))]) {
    if (await isFile(join(folder, "model.json"))) continue;
    for (const file of await files(folder)) {
      const weights = join(folder, file);
      if (!file.endsWith(".onnx") || !(await isFile(`${weights}.json`))) continue;
      const config = (await readSmall(`${weights}.json`)) as {
        espeak?: { voice?: string };
        language?: { code?: string };
      };
      const manifest: ModelManifest = {
        name: basename(file, ".onnx"),
        version: "0.0.0",
        format: "piper",
        files: { model: file, config: `${file}.json` },
        sha256: {},
        languages: [config.language?.code?.replace("_", "-") ?? config.espeak?.voice ?? "und"],
        license: "unknown",
      };
      releases.push(await modelRelease(manifest, folder));
    }
  }
  return releases;
}

/** @returns the JSON of a file; an empty object if it is not JSON, or too large to be a manifest */
async function readSmall(path: string): Promise<object> {
  const { size } = await stat(path);
  if (size > MAX_MANIFEST_BYTES) return {};
  return Bun.file(path)
    .json()
    .catch(() => ({}));
}

async function modelRelease(manifest: ModelManifest, directory: string): Promise<ModelRelease> {
  const bytes = await stat(join(directory, manifest.files.model)).then(
    (info) => info.size,
    () => 0,
  );
  return { name: manifest.name, version: manifest.version, manifest, directory, bytes };
}

async function subfolders(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const folders = await Promise.all(
    entries
      .filter((entry) => !entry.name.startsWith(".") && (entry.isDirectory() || entry.isSymbolicLink()))
      .map(async (entry) =>
        (await stat(join(path, entry.name)).catch(() => null))?.isDirectory() ? [join(path, entry.name)] : [],
      ),
  );
  return folders.flat().sort();
}

async function files(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
