import { Command } from "commander";
import { getStatus, reloadConfig } from "../../../admin/client/mod.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "../find-engine.ts";
import { send } from "../send.ts";
import { configInvalid, problemLines } from "./problem-text.ts";
import { viewLines } from "./view-text.ts";

interface Flags extends RunningEngineChoice {
  json?: boolean;
}

export function reloadConfigCommand(): Command {
  const command = new Command("reload")
    .description("read the document of every source now")
    .option("--json", "print the active config as JSON");
  return runningEngineOptions(command).action((flags: Flags) =>
    withRunningEngine(flags, async (client) => {
      const view = await send(client, reloadConfig);
      console.log(flags.json ? JSON.stringify(view, null, 2) : viewLines(view).join("\n"));
      const { sources } = (await send(client, getStatus)).config;
      const problems = sources.flatMap(({ state, problems }) => (state === "rejected" ? problems : []));
      for (const line of problemLines(problems)) console.error(line);
      for (const { name, overridden } of sources)
        if (overridden)
          console.error(
            `! ${overridden.join(", ")} of source ${name} has no effect because of overrides: to remove one, syrinx config unset NAME`,
          );
      if (problems.length > 0) throw configInvalid(problems, `Config version ${view.version} stays active`);
    }),
  );
}
