import { Command } from "commander";
import type { ConfigDiff, ConfigView } from "../../../schemas/generated/api.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "../running-engine.ts";
import { changeLines } from "./change-text.ts";
import { paintFor } from "./paint.ts";
import { versionNumber } from "./version-number.ts";

interface Flags extends RunningEngineChoice {
  json?: boolean;
}

export function diffCommand(): Command {
  const command = new Command("diff")
    .description("show what differs between two versions of the config")
    .argument("<from>", "a version", versionNumber)
    .argument("[to]", "another (default: the one in force)", versionNumber)
    .option("--json", "print JSON, with the JSON Patch from the one to the other");
  return runningEngineOptions(command).action((from: number, to: number | undefined, flags: Flags) =>
    withRunningEngine(flags, async (client) => {
      const until = to ?? (await client.get<ConfigView>("/control/config")).version;
      const diff = await client.get<ConfigDiff>(`/control/config/versions/${until}/diff?against=${from}`);
      if (flags.json) console.log(JSON.stringify(diff, null, 2));
      else if (diff.changes.length === 0) console.log(`versions ${from} and ${until} are the same`);
      else console.log(changeLines(diff.changes, paintFor(process.stdout)).join("\n"));
    }),
  );
}
