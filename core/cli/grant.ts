import { Command } from "commander";
import type { GrantRequest, PluginList } from "../../schemas/generated/api.ts";
import type { Client } from "./client.ts";
import { steer, type SteerFlags, steerOptions } from "./config/mod.ts";
import { withRunningEngine } from "./running-engine.ts";

export function grantCommand(): Command {
  const command = new Command("grant")
    .description("grant a plugin what it asks for, in the config of the engine that runs")
    .argument("<plugin>", "NAME: what its newest release lacks that is blocked; or NAME@VERSION");
  return steerOptions(command).action((given: string) => {
    // Those that syrinx plugins has as well were read by that.
    const flags = command.optsWithGlobals<SteerFlags>();
    const [name = "", version] = given.split("@", 2);
    const path = `/control/plugins/${encodeURIComponent(name)}/grant`;
    return withRunningEngine(flags, async (client) =>
      steer(client, { method: "POST", path, body: await wishFor(client, name, version) }, flags),
    );
  });
}

/** Names each permission, so that what was agreed to is granted, and nothing that a newer release asks for by then. */
async function wishFor(client: Client, name: string, version: string | undefined): Promise<GrantRequest> {
  const { plugins } = await client.get<PluginList>("/control/plugins");
  const meant = plugins.filter((one) => one.name === name && (version ?? one.version) === one.version);
  const blocked = meant.findLast(({ permissions }) => permissions.missing.length > 0);
  // The engine says why there is nothing to grant.
  if (!blocked) return version === undefined ? {} : { version };
  const [first, ...rest] = blocked.permissions.missing;
  return { version: blocked.version, ...(first && { permissions: [first, ...rest] }) };
}
