import { Command } from "commander";
import type { ConfigView } from "../../../schemas/generated/api.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "../running-engine.ts";
import { viewLines } from "./view-text.ts";

interface Flags extends RunningEngineChoice {
  json?: boolean;
}

export function confirmCommand(): Command {
  const command = new Command("confirm")
    .description("let a change stay that would have gone back by itself")
    .option("--json", "print the config in force as JSON");
  return runningEngineOptions(command).action((flags: Flags) =>
    withRunningEngine(flags, async (client) => {
      const view = await client.send<ConfigView>("POST", "/control/config/confirm");
      console.log(flags.json ? JSON.stringify(view, null, 2) : viewLines(view).join("\n"));
    }),
  );
}
