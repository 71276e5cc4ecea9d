/**
 * `syrinx config`: config files, and the config of the engine that runs.
 *
 * @module
 */
import { Command } from "commander";
import { initCommand, validateCommand } from "./config-file.ts";
import { applyCommand, editCommand } from "./edit.ts";
import { getCommand } from "./get.ts";
import { confirmCommand, pinCommand, rollbackConfigCommand, unpinCommand } from "./pin.ts";
import { planCommand } from "./plan.ts";
import { reloadConfigCommand } from "./reload.ts";
import { setCommand, unsetCommand } from "./set.ts";
import { diffCommand, versionsCommand } from "./versions.ts";

export { applyChange, type ChangeFlags, changeOptions } from "./change-config.ts";
export { type Paint, paintFor } from "./change-text.ts";
export { planText } from "./plan-text.ts";
export { configInvalid, problemLines } from "./problem-text.ts";

export function configCommand(): Command {
  const command = new Command("config").description("write, check, look at and change the config");
  for (const one of [
    initCommand(),
    validateCommand(),
    planCommand(),
    getCommand(),
    setCommand(),
    unsetCommand(),
    editCommand(),
    applyCommand(),
    confirmCommand(),
    versionsCommand(),
    diffCommand(),
    rollbackConfigCommand(),
    pinCommand(),
    unpinCommand(),
    reloadConfigCommand(),
  ])
    command.addCommand(one);
  return command;
}
