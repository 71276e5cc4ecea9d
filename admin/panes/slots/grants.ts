/**
 * Plugins that ask for more than they were granted, and granting it from here.
 *
 * @module
 */
import type { PermissionView, PluginView } from "../../../schemas/generated/api.ts";
import { grantPlugin } from "../../client/mod.ts";
import type { Line } from "../../screen/mod.ts";
import { tone } from "../../screen/mod.ts";
import { steerConfig } from "../config-steer.ts";
import type { Change, Effect, View } from "../pane.ts";
import type { SlotsState } from "./slots-state.ts";

/** @returns releases that are blocked, in the order of the engine */
export function blockedPlugins({ engine }: View): PluginView[] {
  return (engine.known.plugins?.value.plugins ?? []).filter(({ state }) => state === "blocked");
}

/** @returns e.g. `tone@1.1.0` */
export function releaseText({ name, version }: Pick<PluginView, "name" | "version">): string {
  return `${name}@${version}`;
}

/** @returns e.g. `read /srv/words, net example.com` */
export function permissionsText(permissions: readonly PermissionView[]): string {
  return permissions.map(({ kind, allow }) => `${kind} ${allow}`).join(", ");
}

/** @returns each permission on a line of its own, with its reason */
export function permissionLines(permissions: readonly PermissionView[]): Line[] {
  return permissions.map(({ kind, allow, reason }) => [
    tone("warn", `  ${kind} ${allow}`),
    reason === undefined ? "" : `  ${reason}`,
  ]);
}

/** @returns what asks which of the plugins is to be granted what it lacks, or says that none lacks anything */
export function grantEffects(view: View): Effect<Change<SlotsState>>[] {
  const blocked = blockedPlugins(view);
  const [only] = blocked;
  if (!only)
    return [{ kind: "notice", tone: "plain", text: "No plugin is blocked: there is nothing to grant" }];
  if (blocked.length === 1) return [grantEffect(only)];
  const items = blocked.map((plugin) => ({
    label: releaseText(plugin),
    note: `asks for ${permissionsText(plugin.permissions.missing)}`,
  }));
  const choose =
    (index: number): Change<SlotsState> =>
    (state) => {
      const plugin = blocked[index];
      return { state, effects: plugin ? [grantEffect(plugin)] : [] };
    };
  return [
    { kind: "dialog", dialog: { kind: "choice", title: "Grant a plugin what it asks for", items, choose } },
  ];
}

/** It is granted what was read here, and nothing that its manifest may ask for by then. */
function grantEffect(plugin: PluginView): Effect<Change<SlotsState>> {
  const { name, version, permissions } = plugin;
  const release = releaseText(plugin);
  return steerConfig({
    action: grantPlugin(name, { version, permissions: permissions.missing }),
    title: `Grant ${release}`,
    yes: "Grant",
    command: `syrinx plugins grant ${release}`,
    body: [[`${release} is granted, in all slots and versions:`], ...permissionLines(permissions.missing)],
  });
}
