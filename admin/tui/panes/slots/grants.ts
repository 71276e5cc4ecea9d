/**
 * Plugins that ask for more than they were granted, and granting it from here.
 *
 * @module
 */
import type { PluginView } from "../../../../schemas/generated/api.ts";
import { grantPlugin, permissionsText, releaseText } from "../../../client/mod.ts";
import { planConfigChange } from "../change-config.ts";
import type { Change, View } from "../pane.ts";
import { permissionLines } from "../swaps/permission-lines.ts";
import type { SlotsEffect, SlotsState } from "./slots-state.ts";

/** @returns releases that are blocked, in the order of the engine */
export function blockedPlugins({ engine }: View): PluginView[] {
  return (engine.known.plugins?.value.plugins ?? []).filter(({ state }) => state === "blocked");
}

/** @returns the effect that lets the user grant a blocked plugin its permissions, or a notice that none is blocked */
export function grantEffects(view: View): SlotsEffect[] {
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
    {
      kind: "dialog",
      dialog: { kind: "choice", title: "Grant a plugin its missing permissions", items, choose },
    },
  ];
}

/** Grants only the permissions that were shown, even if the manifest asks for more by then. */
function grantEffect(plugin: PluginView): SlotsEffect {
  const { name, version, permissions } = plugin;
  const release = releaseText(plugin);
  return planConfigChange({
    action: grantPlugin(name, { version, permissions: permissions.missing }),
    title: `Grant ${release}`,
    yes: "Grant",
    command: `syrinx plugins grant ${release}`,
    body: [[`${release} is granted, in all slots and versions:`], ...permissionLines(permissions.missing)],
  });
}
