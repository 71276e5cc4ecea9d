/**
 * Reads plugin.json and model.json. The places of mistakes are JSON pointers.
 *
 * @module
 */
import { stat } from "node:fs/promises";
import semver from "semver";
import type { ManifestProblem } from "../../schemas/generated/api.ts";
import type { ModelManifest } from "../../schemas/generated/model.ts";
import type { PluginManifest } from "../../schemas/generated/plugin.ts";
import type { Violation } from "../errors.ts";
import { PLUGIN_API_VERSION } from "../protocol/mod.ts";
import { type Validator, validator } from "../schema.ts";
import { UnusableSchema } from "./schema-bounds.ts";
import { settingsValidator } from "./settings-validator.ts";

/** Larger manifests are refused unread. */
export const MAX_MANIFEST_BYTES = 2 ** 20;

const isPluginManifest = validator<PluginManifest>("syrinx:plugin");
const isModelManifest = validator<ModelManifest>("syrinx:model");

export type Read<T> = { manifest: T } | { problem: ManifestProblem };

/** @param path of a plugin.json */
export async function readPluginManifest(path: string): Promise<Read<PluginManifest>> {
  const read = await readManifest(path, isPluginManifest);
  if ("problem" in read) return read;
  const problems = [...engineProblems(read.manifest), ...settingsProblems(read.manifest)];
  return problems.length === 0 ? read : { problem: { path, problems } };
}

/** @param path of a model.json */
export function readModelManifest(path: string): Promise<Read<ModelManifest>> {
  return readManifest(path, isModelManifest);
}

async function readManifest<T>(path: string, is: Validator<T>): Promise<Read<T>> {
  let value: unknown;
  try {
    const info = await stat(path);
    if (!info.isFile()) throw new Error("it is not a file");
    if (info.size > MAX_MANIFEST_BYTES)
      return { problem: { path, problems: [{ pointer: "", message: "is larger than 1 MiB" }] } };
    value = JSON.parse(await Bun.file(path).text());
  } catch (error) {
    return {
      problem: { path, problems: [{ pointer: "", message: `cannot be read: ${(error as Error).message}` }] },
    };
  }
  return is(value) ? { manifest: value } : { problem: { path, problems: is.violations() } };
}

function engineProblems({ engine }: PluginManifest): Violation[] {
  if (!semver.validRange(engine))
    return [{ pointer: "/engine", message: `"${engine}" is not a semver range` }];
  if (semver.satisfies(PLUGIN_API_VERSION, engine)) return [];
  return [
    {
      pointer: "/engine",
      message: `asks for plugin API ${engine}, this engine offers ${PLUGIN_API_VERSION}`,
    },
  ];
}

function settingsProblems({ settings }: PluginManifest): Violation[] {
  try {
    if (settings) settingsValidator(settings);
    return [];
  } catch (error) {
    const why = error instanceof UnusableSchema ? "cannot be used because" : "is not a JSON Schema:";
    return [{ pointer: "/settings", message: `${why} ${(error as Error).message}` }];
  }
}
