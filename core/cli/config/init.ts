import { Command } from "commander";
import { writeFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { SyrinxError } from "../../errors.ts";
import { firstConfig } from "./first-config.ts";

export function initCommand(): Command {
  return new Command("init")
    .description("write a config to begin with, which editors can complete and check")
    .argument("[file]", "where: a .jsonc that is not there yet", "syrinx.jsonc")
    .action(async (file: string) => {
      const path = resolve(file);
      if (extname(path).toLowerCase() !== ".jsonc")
        throw new SyrinxError(
          "usage",
          `Cannot write ${path}, as a config with comments needs a name that ends in .jsonc`,
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
