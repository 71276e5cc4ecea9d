import { Command } from "commander";
import { withRunningEngine } from "../running-engine.ts";
import { placedProblem } from "./placed-problem.ts";
import { presentConfig } from "./present-config.ts";
import { readDocument } from "./read-document.ts";
import { steer, type SteerFlags, steerOptions } from "./steer.ts";

export function applyCommand(): Command {
  const command = new Command("apply")
    .description("set all that a file says in the engine that runs, above what all its sources say")
    .argument("<file>", ".jsonc, .json, .yaml or .toml; null takes away");
  return steerOptions(command).action((given: string, flags: SteerFlags) =>
    withRunningEngine(flags, async (client) => {
      const file = await readDocument(presentConfig(given), flags.home);
      // For editors, and no setting.
      const { $schema: _, ...body } = file.document as { $schema?: unknown };
      const change = { method: "PATCH", path: "/control/config", body } as const;
      await steer(client, { ...change, place: (problem) => placedProblem(problem, file) }, flags);
    }),
  );
}
