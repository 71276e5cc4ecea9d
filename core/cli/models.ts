import { Command } from "commander";
import type { ModelList } from "../../schemas/generated/api.ts";
import { printProblems } from "./problems.ts";
import { printTable } from "./table.ts";
import { type EngineChoice, engineOptions, withEngine } from "./with-engine.ts";

const MEGABYTE = 1_000_000;

export function modelsCommand(): Command {
  const command = new Command("models")
    .description("list the model releases on disk")
    .option("--json", "print JSON");
  return engineOptions(command).action((flags: EngineChoice & { json?: boolean }) =>
    withEngine(flags, async (client) => {
      const list = await client.get<ModelList>("/control/models");
      if (flags.json) return console.log(JSON.stringify(list, null, 2));
      const rows = list.models.map(({ name, version, format, languages, bytes, speakers, license }) => [
        name,
        version,
        format,
        languages.join(" "),
        `${(bytes / MEGABYTE).toFixed(1)} MB`,
        speakers?.join(" ") ?? "",
        license,
      ]);
      printTable(["MODEL", "VERSION", "FORMAT", "LANGUAGES", "SIZE", "SPEAKERS", "LICENCE"], rows);
      printProblems(list.problems);
    }),
  );
}
