import { Command } from "commander";
import type { PluginList } from "../../schemas/generated/api.ts";
import { printProblems } from "./problems.ts";
import { printTable } from "./table.ts";
import { type EngineChoice, engineOptions, withEngine } from "./with-engine.ts";

export function pluginsCommand(): Command {
  const command = new Command("plugins")
    .description("list the plugin releases on disk, and what they may do")
    .option("--json", "print JSON");
  return engineOptions(command).action((flags: EngineChoice & { json?: boolean }) =>
    withEngine(flags, async (client) => {
      const list = await client.get<PluginList>("/control/plugins");
      if (flags.json) return console.log(JSON.stringify(list, null, 2));
      const rows = list.plugins.map(({ name, version, kind, state, license, permissions }) => {
        const asked = permissions.asked.map(({ kind: what, allow }) => `${what} ${allow}`);
        return [name, version, kind, state, license, asked.join(", ") || "nothing"];
      });
      printTable(["PLUGIN", "VERSION", "KIND", "STATE", "LICENCE", "MAY"], rows);
      for (const { reason } of list.plugins) if (reason) console.error(`! ${reason}`);
      printProblems(list.problems);
    }),
  );
}
