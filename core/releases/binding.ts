/**
 * Resolves what the config wants in a slot to a binding: exact releases, checked settings, checked permissions.
 *
 * @module
 */
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type { ResolvedBinding } from "../../schemas/generated/swap.ts";
import { SyrinxError } from "../errors.ts";
import type { Catalog } from "./catalog.ts";
import { type Grants, listPermissions, missingPermissions, requireGranted } from "./permissions.ts";
import { type ModelRelease, type PluginRelease, releaseId } from "./release.ts";
import { secretsInClear } from "./secrets.ts";
import { settingsValidator } from "./settings-validator.ts";

/** What the config wants in a slot. */
export interface WantedBinding {
  /** `NAME` or `NAME@RANGE`. */
  plugin: string;
  model?: string;
  device?: string;
  settings?: Record<string, unknown>;
}

/** What fills a slot: exact releases, settings and a device. */
export interface Binding {
  readonly plugin: PluginRelease;
  readonly model: ModelRelease | undefined;
  readonly device: string;
  /** Valid, with defaults filled in. References to secrets stay references. */
  readonly settings: Record<string, unknown>;
}

const NO_SETTINGS = {};

/** The part of a manifest's settings schema that is used here. */
interface SettingsSchema {
  properties?: Record<string, { "x-live"?: unknown } | undefined>;
}

/**
 * Finds the binding for a slot.
 *
 * @throws SyrinxError release-not-found, plugin-blocked, model-unsupported or settings-invalid
 */
export function resolveBinding(
  catalog: Catalog,
  grants: Grants,
  kind: PluginKind,
  wanted: WantedBinding,
): Binding {
  const plugin = choosePlugin(catalog, grants, kind, wanted.plugin);
  requireGranted(plugin, grants);
  return bind(catalog, plugin, wanted);
}

/**
 * As {@linkcode resolveBinding}, but permissions that were not granted are no error: for previews, not for a start.
 *
 * @throws SyrinxError release-not-found, model-unsupported or settings-invalid
 */
export function resolveUngranted(
  catalog: Catalog,
  grants: Grants,
  kind: PluginKind,
  wanted: WantedBinding,
): Binding {
  return bind(catalog, choosePlugin(catalog, grants, kind, wanted.plugin), wanted);
}

/** Picks the newest release that may run. So a newer one that asks for more permissions does not stop the slot. */
function choosePlugin(catalog: Catalog, grants: Grants, kind: PluginKind, range: string): PluginRelease {
  return catalog.plugin(kind, range, (release) => missingPermissions(release, grants).length === 0);
}

function bind(catalog: Catalog, plugin: PluginRelease, wanted: WantedBinding): Binding {
  return {
    plugin,
    model: resolveModel(catalog, plugin, wanted.model),
    device: wanted.device ?? "auto",
    settings: checkSettings(plugin, wanted.settings ?? {}),
  };
}

function resolveModel(
  catalog: Catalog,
  plugin: PluginRelease,
  range: string | undefined,
): ModelRelease | undefined {
  const formats = plugin.manifest.voice?.formats ?? [];
  if (formats.length === 0) {
    if (range === undefined) return undefined;
    throw new SyrinxError(
      "model-unsupported",
      `Cannot give model ${range} to plugin ${releaseId(plugin)} because it runs without one`,
    );
  }
  if (range === undefined) {
    throw new SyrinxError(
      "model-unsupported",
      `Cannot start plugin ${releaseId(plugin)} without a model: name one of format ${formats.join(" or ")}`,
    );
  }
  const model = catalog.model(range);
  if (formats.includes(model.manifest.format)) return model;
  throw new SyrinxError(
    "model-unsupported",
    `Cannot run model ${releaseId(model)} with plugin ${releaseId(plugin)} because its format is ${model.manifest.format}, and the plugin runs ${formats.join(", ")}`,
  );
}

function checkSettings(plugin: PluginRelease, settings: Record<string, unknown>): Record<string, unknown> {
  const filled = structuredClone(settings);
  const broken = settingsValidator(plugin.manifest.settings ?? NO_SETTINGS)(filled);
  const violations = [...broken, ...secretsInClear(plugin, filled)];
  if (violations.length === 0) return filled;
  const list = violations.map(({ pointer, message }) => `${pointer || "/"}: ${message}`).join("; ");
  throw new SyrinxError(
    "settings-invalid",
    `Cannot use these settings with plugin ${releaseId(plugin)}: ${list}`,
    { violations },
  );
}

/** @returns the binding as the journal and the API show it */
export function describeBinding(binding: Binding): ResolvedBinding {
  return {
    plugin: releaseId(binding.plugin),
    ...(binding.model && { model: releaseId(binding.model) }),
    settings: binding.settings,
    device: binding.device,
  };
}

/** @returns a wanted binding of exactly the releases of a binding */
export function wantedOf(binding: Binding): WantedBinding {
  const { plugin, model, device, settings } = describeBinding(binding);
  return { plugin, ...(model !== undefined && { model }), device, settings };
}

/** Whether two bindings have the same releases, settings and device. */
export function sameBinding(one: Binding, other: Binding): boolean {
  return one === other || Bun.deepEquals(describeBinding(one), describeBinding(other), true);
}

/**
 * Whether a process that runs `one` can serve `other` as well: they differ only in settings that the plugin takes with every
 * call, which its manifest marks with `"x-live": true`. Pure.
 *
 * @returns false as well if they do not differ
 */
export function differsInLiveSettingsAlone(one: Binding, other: Binding): boolean {
  const [before, after] = [describeBinding(one), describeBinding(other)];
  if (!Bun.deepEquals({ ...before, settings: {} }, { ...after, settings: {} }, true)) return false;
  // The manifest on disk may have been edited since the process was started.
  const live = [one, other].map(liveSettings);
  const [old, wanted] = [one.settings, other.settings];
  const differing = Object.keys({ ...old, ...wanted }).filter(
    (key) => !Bun.deepEquals(old[key], wanted[key], true),
  );
  return differing.length > 0 && differing.every((key) => live.every((keys) => keys.includes(key)));
}

/** @returns names of the settings that may change while a process of the binding runs */
export function liveSettings({ plugin }: Binding): string[] {
  // Config sources get their settings once, at the start.
  if (plugin.kind === "config-source") return [];
  const { properties = {} } = (plugin.manifest.settings ?? NO_SETTINGS) as SettingsSchema;
  return Object.keys(properties).filter((key) => properties[key]?.["x-live"] === true);
}

/** @returns e.g. `piper@1.0.0+en_US-slt-tiny@1.0.0`, for X-Syrinx-Release */
export function bindingId({ plugin, model }: Binding): string {
  return model ? `${releaseId(plugin)}+${releaseId(model)}` : releaseId(plugin);
}

/** @returns whether a plugin may use a GPU */
export function mayUseGpu({ plugin, device }: Binding): boolean {
  const asked = listPermissions(plugin.manifest.permissions);
  return device !== "cpu" && asked.some(({ kind, allow }) => kind === "device" && allow === "cuda");
}
