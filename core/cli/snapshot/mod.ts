/**
 * `syrinx snapshot`: the config, what fills the slots and what plugins know, kept to come back to.
 *
 * @module
 */
import { Command } from "commander";
import { createCommand } from "./create.ts";
import { listSnapshotsCommand } from "./list.ts";
import { restoreCommand } from "./restore.ts";

export function snapshotCommand(): Command {
  const command = new Command("snapshot").description(
    "keep the config, what fills the slots and what plugins know, and come back to it",
  );
  for (const one of [createCommand(), listSnapshotsCommand(), restoreCommand()]) command.addCommand(one);
  return command;
}
