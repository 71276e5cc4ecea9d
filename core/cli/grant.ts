import { Command } from "commander";
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
    const body = { ...(version !== undefined && { version }) };
    return withRunningEngine(flags, (client) => steer(client, { method: "POST", path, body }, flags));
  });
}
