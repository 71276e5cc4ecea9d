import { type EngineClient, getModels, getPlugins, getSlot } from "../../admin/client/mod.ts";
import { send } from "./send.ts";

/** A release on disk. */
interface OnDisk {
  readonly name: string;
  readonly version: string;
  /** Why it may not run. */
  readonly reason?: string;
}

/**
 * @param slot full name
 * @returns a line for the plugin and for the model of a slot, if the disk has a newer release than the one that runs
 */
export async function newerReleaseLines(client: EngineClient, slot: string): Promise<string[]> {
  const { running } = await send(client, getSlot(slot));
  if (!running) return [];
  const [{ plugins }, { models }] = await Promise.all([send(client, getPlugins), send(client, getModels)]);
  return [
    ...lineOf(slot, "plugin", running.plugin, plugins),
    ...(running.model === undefined ? [] : lineOf(slot, "model", running.model, models)),
  ];
}

/** @param running NAME@VERSION */
function lineOf(
  slot: string,
  kind: "plugin" | "model",
  running: string,
  onDisk: readonly OnDisk[],
): string[] {
  const [name = "", version = ""] = running.split("@");
  const newer = onDisk.filter((one) => one.name === name && Bun.semver.order(one.version, version) > 0);
  const newest = newer.sort((a, b) => Bun.semver.order(a.version, b.version)).at(-1);
  if (!newest) return [];
  const release = `${name}@${newest.version}`;
  const how = newest.reason ?? `To use it: syrinx swap ${slot} --${kind} ${release}`;
  return [`A newer ${kind} is there: ${release}. ${how}`];
}
