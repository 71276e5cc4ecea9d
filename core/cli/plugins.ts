import { Command } from "commander";
import type { PluginList } from "../../schemas/generated/api.ts";
import { grantCommand } from "./grant.ts";
import { listCommand } from "./list-command.ts";
import { printProblems } from "./problems.ts";
import { printTable } from "./table.ts";

export function pluginsCommand(): Command {
  const command = new Command("plugins").description(
    "list the plugin releases on disk, and what they may do",
  );
  command.addCommand(grantCommand());
  return listCommand<PluginList>(command, {
    engine: "any",
    path: () => "/control/plugins",
    print({ plugins, problems }) {
      const rows = plugins.map(({ name, version, kind, state, license, permissions }) => {
        const asked = permissions.asked.map(({ kind: what, allow }) => `${what} ${allow}`);
        return [name, version, kind, state, license, asked.join(", ") || "nothing"];
      });
      printTable(["PLUGIN", "VERSION", "KIND", "STATE", "LICENCE", "MAY"], rows);
      for (const { reason } of plugins) if (reason) console.error(`! ${reason}`);
      printProblems(problems);
    },
  });
}
