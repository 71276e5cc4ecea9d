/**
 * `syrinx snapshot`: saves the config, the bindings and the state of plugins, and restores them.
 *
 * @module
 */
import { Command } from "commander";
import { bytesText, getSnapshots, takeSnapshot } from "../../../admin/client/mod.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "../find-engine.ts";
import { listCommand } from "../list-command.ts";
import { send } from "../send.ts";
import { printTable } from "../table.ts";
import { restoreCommand } from "./restore.ts";

export function snapshotCommand(): Command {
  const command = new Command("snapshot").description(
    "save the config, the bindings and the state of plugins, and restore them",
  );
  for (const one of [createCommand(), listSnapshotsCommand(), restoreCommand()]) command.addCommand(one);
  return command;
}

interface CreateFlags extends RunningEngineChoice {
  json?: boolean;
}

function createCommand(): Command {
  const command = new Command("create")
    .description("take a snapshot of the running engine")
    .argument("[name]", "a name, for people and for restore")
    .option("--json", "print the snapshot as JSON");
  return runningEngineOptions(command).action((name: string | undefined, flags: CreateFlags) =>
    withRunningEngine(flags, async (client) => {
      const snapshot = await send(client, takeSnapshot(name));
      const { id, version, slots } = snapshot;
      if (flags.json) console.log(JSON.stringify(snapshot, null, 2));
      else console.log(`snapshot ${id}: config version ${version}, slots: ${slots.length}`);
      for (const { slot, problem } of slots)
        if (problem !== undefined) console.error(`! ${slot}: what its plugin knows is not in it: ${problem}`);
    }),
  );
}

function listSnapshotsCommand(): Command {
  return listCommand(new Command("list").description("list the snapshots, newest first"), {
    engine: "running",
    json: "print JSON, with the binding of each slot",
    request: () => getSnapshots,
    print({ snapshots }) {
      const rows = snapshots.map(({ id, at, name, reason, actor, version, slots }) => [
        id,
        at,
        name ?? (reason === "request" ? "" : `(before a ${reason})`),
        actor,
        String(version),
        String(slots.length),
        bytesText(slots.reduce((sum, { stateBytes }) => sum + stateBytes, 0)),
      ]);
      printTable(["SNAPSHOT", "AT", "NAME", "WHO", "CONFIG", "SLOTS", "STATE"], rows);
    },
  });
}
