import semver from "semver";
import type { ModelView, PluginView, SlotView, SwapRequest } from "../../../../schemas/generated/api.ts";
import { bytesText, permissionsText, releaseText, wantedOf } from "../../../client/mod.ts";

/** Releases that can fill a slot together. */
export interface Candidate {
  readonly plugin: PluginView;
  /** Absent: the plugin runs without one. */
  readonly model?: ModelView;
}

/**
 * @returns all that can fill a slot: first the current releases, then other models, then other versions of the
 *   plugin, then other plugins; of each name the newest version first
 */
export function candidatesFor(
  slot: SlotView,
  plugins: readonly PluginView[],
  models: readonly ModelView[],
): Candidate[] {
  const present = slot.running ?? wantedOf(slot);
  const byPlugin = nearestFirst(present.plugin);
  const byModel = nearestFirst(present.model);
  const byNearest = models.toSorted(byModel);
  return plugins
    .filter(({ kind }) => kind === slot.kind)
    .toSorted(byPlugin)
    .flatMap((plugin): Candidate[] => {
      const { formats = [] } = plugin;
      if (formats.length === 0) return [{ plugin }];
      return byNearest.filter(({ format }) => formats.includes(format)).map((model) => ({ plugin, model }));
    });
}

export function candidateText({ plugin, model }: Candidate): string {
  return model ? `${releaseText(plugin)}+${releaseText(model)}` : releaseText(plugin);
}

/** @returns facts that help to choose */
export function candidateNote(candidate: Candidate, slot: SlotView): string {
  const { plugin, model } = candidate;
  return [
    ...(isRunning(candidate, slot) ? ["runs now"] : []),
    ...(plugin.state === "blocked"
      ? [`blocked: asks for ${permissionsText(plugin.permissions.missing)}`]
      : []),
    ...(model ? [model.languages.join(" "), bytesText(model.bytes)] : []),
  ].join(", ");
}

export function isRunning({ plugin, model }: Candidate, { running }: SlotView): boolean {
  if (!running) return false;
  return running.plugin === releaseText(plugin) && running.model === (model && releaseText(model));
}

/**
 * @param plugins all that there are
 * @returns the change that makes exactly this candidate fill the slot
 */
export function changeTo(candidate: Candidate, slot: SlotView, plugins: readonly PluginView[]): SwapRequest {
  const { plugin, model } = candidate;
  const wanted = wantedOf(slot);
  const isSameName = wanted.plugin?.split("@")[0] === plugin.name;
  // The range in the config still means the release that runs, unless there is a newer one by now.
  const isNewest = plugins.every(
    ({ kind, name, version }) =>
      kind !== plugin.kind || name !== plugin.name || semver.lte(version, plugin.version),
  );
  const stays = isSameName && isNewest && slot.running?.plugin === releaseText(plugin);
  return {
    ...(stays && model ? {} : { plugin: releaseText(plugin) }),
    ...(model ? { model: releaseText(model) } : wanted.model === undefined ? {} : { model: null }),
    // Another plugin begins with its own defaults.
    ...(isSameName ? {} : { settings: {} }),
  };
}

interface Release {
  readonly name: string;
  readonly version: string;
}

/** @param present NAME@VERSION or NAME@RANGE: it goes first, then other versions of that name */
function nearestFirst(present = ""): (one: Release, other: Release) => number {
  const [name, version] = present.split("@");
  const distance = (one: Release) => (one.name !== name ? 2 : one.version !== version ? 1 : 0);
  return (one, other) =>
    distance(one) - distance(other) ||
    one.name.localeCompare(other.name) ||
    semver.rcompare(one.version, other.version);
}
