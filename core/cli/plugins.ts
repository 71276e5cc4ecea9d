/**
 * `syrinx plugins`: the plugin releases on disk, and the permissions that they are granted.
 *
 * @module
 */
import { Command } from "commander";
import { type EngineClient, getPlugins, grantPlugin, permissionsText } from "../../admin/client/mod.ts";
import type { GrantRequest } from "../../schemas/generated/api.ts";
import { applyChange, type ChangeFlags, changeOptions } from "./config/mod.ts";
import { withRunningEngine } from "./find-engine.ts";
import { listCommand } from "./list-command.ts";
import { printProblems } from "./lists.ts";
import { send } from "./send.ts";
import { printTable } from "./table.ts";

export function pluginsCommand(): Command {
  const command = new Command("plugins").description(
    "list the plugin releases on disk, with their permissions",
  );
  command.addCommand(grantCommand());
  return listCommand(command, {
    engine: "any",
    request: () => getPlugins,
    print({ plugins, problems }) {
      const rows = plugins.map(({ name, version, kind, state, license, permissions }) => [
        name,
        version,
        kind,
        state,
        license,
        permissionsText(permissions.asked) || "nothing",
      ]);
      printTable(["PLUGIN", "VERSION", "KIND", "STATE", "LICENCE", "MAY"], rows);
      for (const { reason } of plugins) if (reason) console.error(`! ${reason}`);
      printProblems(problems);
    },
  });
}

function grantCommand(): Command {
  const command = new Command("grant")
    .description("grant a plugin its missing permissions, in the config of the running engine")
    .argument("<plugin>", "NAME (its newest blocked release) or NAME@VERSION");
  return changeOptions(command).action((given: string) => {
    // `syrinx plugins` has some of these options too, and reads them before this command can.
    const flags = command.optsWithGlobals<ChangeFlags>();
    const [name = "", version] = given.split("@", 2);
    return withRunningEngine(flags, async (client) =>
      applyChange(client, { action: grantPlugin(name, await missingOf(client, name, version)) }, flags),
    );
  });
}

/** @returns each permission by its name, so that a newer release that asks for more gets only what was agreed to */
async function missingOf(
  client: EngineClient,
  name: string,
  version: string | undefined,
): Promise<GrantRequest> {
  const { plugins } = await send(client, getPlugins);
  const releases = plugins.filter((one) => one.name === name && (version ?? one.version) === one.version);
  const blocked = releases.findLast(({ permissions }) => permissions.missing.length > 0);
  // The engine says why there is nothing to grant.
  if (!blocked) return version === undefined ? {} : { version };
  const [first, ...rest] = blocked.permissions.missing;
  return { version: blocked.version, ...(first && { permissions: [first, ...rest] }) };
}
