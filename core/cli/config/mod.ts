/**
 * `syrinx config`: config files, and the config of the engine that runs.
 *
 * @module
 */
import { Command } from "commander";
import { applyCommand } from "./apply.ts";
import { confirmCommand } from "./confirm.ts";
import { diffCommand } from "./diff.ts";
import { editCommand } from "./edit.ts";
import { getCommand } from "./get.ts";
import { initCommand } from "./init.ts";
import { pinCommand } from "./pin.ts";
import { planCommand } from "./plan.ts";
import { reloadConfigCommand } from "./reload.ts";
import { rollbackConfigCommand } from "./rollback.ts";
import { setCommand } from "./set.ts";
import { unpinCommand } from "./unpin.ts";
import { unsetCommand } from "./unset.ts";
import { validateCommand } from "./validate.ts";
import { versionsCommand } from "./versions.ts";

export { type Paint, paintFor } from "./paint.ts";
export { planText } from "./plan-text.ts";
export { configInvalid, problemLines } from "./problem-text.ts";
export { steer, type SteerFlags, steerOptions } from "./steer.ts";

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
