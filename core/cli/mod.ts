/**
 * The commands of `syrinx`.
 *
 * @module
 */
import { Command } from "commander";
import packageJson from "../../package.json";
import { refuseUnknownCommands, requireCommand } from "./unknown-command.ts";

/** In the order of the help. A command is loaded only when it is run: to load all takes longer than most of them run. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import("./start/mod.ts")).startCommand(),
  dev: async () => (await import("./start/mod.ts")).devCommand(),
  say: async () => (await import("./say.ts")).sayCommand(),
  voices: async () => (await import("./lists.ts")).voicesCommand(),
  plugins: async () => (await import("./plugins.ts")).pluginsCommand(),
  models: async () => (await import("./lists.ts")).modelsCommand(),
  slots: async () => (await import("./lists.ts")).slotsCommand(),
  memory: async () => (await import("./lists.ts")).memoryCommand(),
  swap: async () => (await import("./swap/swap.ts")).swapCommand(),
  promote: async () => (await import("./swap/canary.ts")).promoteCommand(),
  abort: async () => (await import("./swap/canary.ts")).abortCommand(),
  rollback: async () => (await import("./swap/slot-actions.ts")).rollbackCommand(),
  reload: async () => (await import("./swap/slot-actions.ts")).reloadCommand(),
  unload: async () => (await import("./swap/slot-actions.ts")).unloadCommand(),
  load: async () => (await import("./swap/slot-actions.ts")).loadCommand(),
  history: async () => (await import("./lists.ts")).historyCommand(),
  admin: async () => (await import("./admin.ts")).adminCommand(),
  config: async () => (await import("./config/mod.ts")).configCommand(),
  snapshot: async () => (await import("./snapshot/mod.ts")).snapshotCommand(),
};

/**
 * @param wanted the command that is going to be run; absent, or none of them: any
 * @returns the program with that command, or with all; it throws a CommanderError where commander would end the process
 * @throws SyrinxError usage, for a word that people try in place of another command
 */
export async function createProgram(wanted?: string): Promise<Command> {
  requireCommand(wanted);
  const program = new Command("syrinx")
    .description("Text to speech whose voices are swapped by version while people listen.")
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text + dashHint(text)) })
    .showHelpAfterError("(--help lists what there is)")
    .addHelpText(
      "after",
      "\nEverything that the engine writes is in $SYRINX_HOME (default: $XDG_DATA_HOME/syrinx).",
    );
  const only = wanted !== undefined && Object.hasOwn(COMMANDS, wanted) ? COMMANDS[wanted] : undefined;
  const makers = only ? [only] : Object.values(COMMANDS);
  for (const command of await Promise.all(makers.map((make) => make())))
    program.addCommand(inheriting(command, program));
  return program;
}

/** @returns a hint for a text that was taken for an option, such as "-5 degrees"; "" for other mistakes */
function dashHint(error: string): string {
  if (!/^error: unknown option '-[^-]/.test(error)) return "";
  return '(put -- before a text or a value that begins with -, as in syrinx say -- "-5 degrees")\n';
}

/** @returns the command, it and those within it with the settings of the program */
function inheriting(command: Command, program: Command): Command {
  for (const inner of command.commands) inheriting(inner, program);
  command.copyInheritedSettings(program);
  if (command.commands.length > 0) refuseUnknownCommands(command);
  return command;
}
