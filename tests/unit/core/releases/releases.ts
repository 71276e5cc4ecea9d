import type { Binding } from "../../../../core/releases/binding.ts";
import type { ModelRelease, PluginRelease } from "../../../../core/releases/release.ts";
import type { ModelManifest } from "../../../../schemas/generated/model.ts";
import type { PluginManifest } from "../../../../schemas/generated/plugin.ts";

/** @returns a plugin release as it would be read from disk; a voice `beep@1.0.0` without a model where nothing else is said */
export function pluginRelease(
  manifest: Partial<PluginManifest> = {},
  place: Partial<Pick<PluginRelease, "directory" | "trusted">> = {},
): PluginRelease {
  const whole: PluginManifest = {
    name: "beep",
    version: "1.0.0",
    kind: "voice",
    engine: "^1.0.0",
    entry: "main.ts",
    description: "Beeps.",
    license: "Apache-2.0",
    ...manifest,
  };
  const { name, version, kind } = whole;
  return { kind, name, version, manifest: whole, directory: "/plugins/beep", trusted: false, ...place };
}

/** @returns a model release as it would be read from disk; `tiny@1.0.0` of format `piper` where nothing else is said */
export function modelRelease(
  manifest: Partial<ModelManifest> = {},
  directory = "/models/tiny",
): ModelRelease {
  const whole: ModelManifest = {
    name: "tiny",
    version: "1.0.0",
    format: "piper",
    files: { model: "tiny.onnx" },
    sha256: {},
    languages: ["en"],
    license: "Apache-2.0",
    ...manifest,
  };
  return { name: whole.name, version: whole.version, manifest: whole, directory, bytes: 0 };
}

/** Its plugin takes `pace` with every call, and `mark` once. */
const PLUGIN = pluginRelease({ settings: { properties: { mark: {}, pace: { "x-live": true } } } });

/**
 * @param mark for which it needs a process of its own
 * @param pace that any of its processes takes
 * @returns a binding that tells itself from others by its settings
 */
export function bindingOf(mark: string | number, pace?: number): Binding {
  const settings = { mark, ...(pace !== undefined && { pace }) };
  return { plugin: PLUGIN, model: undefined, device: "cpu", settings };
}
