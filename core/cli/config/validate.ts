import { Command } from "commander";
import { createLog } from "../../log.ts";
import { checkConfigFile } from "../../engine/mod.ts";
import { homeDirectory } from "../home.ts";
import { configInvalid, problemLines } from "./problem-text.ts";
import { presentConfig } from "./present-config.ts";
import { unaskedText } from "./unasked-text.ts";

interface Flags {
  home?: string;
  json?: boolean;
}

export function validateCommand(): Command {
  return new Command("validate")
    .description("check a config file, with no engine: every problem with its line and column")
    .argument("[file]", "config file (default: ./syrinx.jsonc, or .json, .yaml, .toml)")
    .option("--json", "print the problems as JSON")
    .option("--home <folder>", "where added plugins and models are (default: $SYRINX_HOME)")
    .action(async (file: string | undefined, { home, json }: Flags) => {
      const path = presentConfig(file);
      const options = { path, home: homeDirectory(home), log: createLog("error") };
      const { problems, unasked } = await checkConfigFile(options);
      if (json) console.log(JSON.stringify({ problems }, null, 2));
      else for (const line of problemLines(problems)) console.log(line);
      if (unasked.length > 0) console.error(unaskedText(unasked));
      if (problems.length > 0) throw configInvalid(problems, "An engine would refuse it");
      if (!json) console.log(`${path} is a good config`);
    });
}
