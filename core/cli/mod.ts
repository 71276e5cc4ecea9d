/**
 * The commands of `syrinx`, a file each.
 *
 * @module
 */
import { Command } from "commander";
import packageJson from "../../package.json";
import { abortCommand } from "./abort.ts";
import { adminCommand } from "./admin.ts";
import { configCommand } from "./config/mod.ts";
import { devCommand } from "./dev.ts";
import { historyCommand } from "./history.ts";
import { loadCommand } from "./load.ts";
import { memoryCommand } from "./memory.ts";
import { modelsCommand } from "./models.ts";
import { pluginsCommand } from "./plugins.ts";
import { promoteCommand } from "./promote.ts";
import { reloadCommand } from "./reload.ts";
import { rollbackCommand } from "./rollback.ts";
import { sayCommand } from "./say.ts";
import { slotsCommand } from "./slots.ts";
import { snapshotCommand } from "./snapshot/mod.ts";
import { startCommand } from "./start.ts";
import { swapCommand } from "./swap.ts";
import { unloadCommand } from "./unload.ts";
import { voicesCommand } from "./voices.ts";

/** @returns the program; it throws a CommanderError where commander would end the process */
export function createProgram(): Command {
  const program = new Command("syrinx")
    .description("Text to speech whose voices are swapped by version while people listen.")
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError("(--help lists what there is)")
    .addHelpText(
      "after",
      "\nEverything that the engine writes is in $SYRINX_HOME (default: $XDG_DATA_HOME/syrinx).",
    );
  for (const command of [
    startCommand(),
    devCommand(),
    sayCommand(),
    voicesCommand(),
    pluginsCommand(),
    modelsCommand(),
    slotsCommand(),
    memoryCommand(),
    swapCommand(),
    promoteCommand(),
    abortCommand(),
    rollbackCommand(),
    reloadCommand(),
    unloadCommand(),
    loadCommand(),
    historyCommand(),
    adminCommand(),
    configCommand(),
    snapshotCommand(),
  ]) {
    program.addCommand(inheriting(command, program));
  }
  return program;
}

/** @returns the command, it and those within it with the settings of the program */
function inheriting(command: Command, program: Command): Command {
  for (const inner of command.commands) inheriting(inner, program);
  return command.copyInheritedSettings(program);
}
