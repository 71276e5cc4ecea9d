/**
 * `syrinx config`: the config of an engine, and config files.
 *
 * @module
 */
import { Command } from "commander";
import { initCommand } from "./init.ts";
import { planCommand } from "./plan.ts";
import { validateCommand } from "./validate.ts";

export function configCommand(): Command {
  const command = new Command("config").description("write, check, look at and change the config");
  for (const one of [initCommand(), validateCommand(), planCommand()]) command.addCommand(one);
  return command;
}
