/**
 * `syrinx config init` and `validate`: they need a config file and no engine.
 *
 * @module
 */

import { writeFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { Command } from "commander";
import { SyrinxError } from "../../errors.ts";
import { existingConfigPath } from "../config-path.ts";
import { firstConfig } from "./first-config.ts";
import { configInvalid, problemLines, unaskedText } from "./problem-text.ts";

export function initCommand(): Command {
  return new Command("init")
    .description("write a first config, which editors can complete and check")
    .argument("[file]", "file to write, a .jsonc that does not exist yet", "syrinx.jsonc")
    .action(async (file: string) => {
      const path = resolve(file);
      if (extname(path).toLowerCase() !== ".jsonc")
        throw new SyrinxError(
          "usage",
          `Cannot write ${path} because a config with comments needs a name that ends in .jsonc`,
        );
      try {
        await writeFile(path, firstConfig(path), { flag: "wx" });
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
        throw new SyrinxError("usage", `There is a file ${path} already, and it was left as it is`);
      }
      console.log(`wrote ${path}`);
    });
}

interface ValidateFlags {
  home?: string;
  json?: boolean;
}

export function validateCommand(): Command {
  return new Command("validate")
    .description("check a config file without an engine, and show every problem with line and column")
    .argument("[file]", "config file (default: ./syrinx.jsonc, or .json, .yaml, .toml)")
    .option("--json", "print the problems as JSON")
    .option("--home <folder>", "folder with added plugins and models (default: $SYRINX_HOME)")
    .action(async (file: string | undefined, { home, json }: ValidateFlags) => {
      const path = existingConfigPath(file);
      const { checkFile } = await import("./offline-file.ts");
      const { problems, unasked } = await checkFile(path, home);
      if (json) console.log(JSON.stringify({ problems }, null, 2));
      else for (const line of problemLines(problems)) console.log(line);
      if (unasked.length > 0) console.error(unaskedText(unasked));
      if (problems.length > 0) throw configInvalid(problems, "An engine would refuse it");
      if (!json) console.log(`${path} is a good config`);
    });
}
