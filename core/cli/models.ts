import { Command } from "commander";
import type { ModelList } from "../../schemas/generated/api.ts";
import { listCommand } from "./list-command.ts";
import { printProblems } from "./problems.ts";
import { sizeText } from "./size-text.ts";
import { printTable } from "./table.ts";

export function modelsCommand(): Command {
  const command = new Command("models").description("list the model releases on disk");
  return listCommand<ModelList>(command, {
    engine: "any",
    path: () => "/control/models",
    print({ models, problems }) {
      const rows = models.map(({ name, version, format, languages, bytes, speakers, license }) => [
        name,
        version,
        format,
        languages.join(" "),
        sizeText(bytes),
        speakers?.join(" ") ?? "",
        license,
      ]);
      printTable(["MODEL", "VERSION", "FORMAT", "LANGUAGES", "SIZE", "SPEAKERS", "LICENCE"], rows);
      printProblems(problems);
    },
  });
}
