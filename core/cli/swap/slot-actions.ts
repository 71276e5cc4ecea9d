/**
 * `syrinx reload`, `rollback`, `unload` and `load`: what can be done to a slot without saying what fills it.
 *
 * @module
 */
import { Command } from "commander";
import { type EngineClient, rescanPlugins, type SlotAction } from "../../../admin/client/mod.ts";
import { slotName } from "../arguments.ts";
import { withRunningEngine } from "../find-engine.ts";
import { newerReleaseLines } from "../newer-release.ts";
import { actionOrder, runSwap, type SwapFlags, swapOptions } from "./run-swap.ts";

interface RollbackFlags extends SwapFlags {
  untilRestart?: boolean;
}

export function reloadCommand(): Command {
  const description = "start a slot again while it serves, with newer releases if its ranges allow";
  return slotCommand("reload", description, async (client, slot, flags) => {
    // So that a release counts that was added since. Whoever may not search the disk reloads what is known.
    await client.send(rescanPlugins);
    await runSwap(client, actionOrder(slot, "reload"), flags);
    if (!flags.wait || flags.json) return;
    for (const line of await newerReleaseLines(client, slot)) console.error(line);
  });
}

export function rollbackCommand(): Command {
  const description = "go back to the binding that served before; at once if it still runs";
  return slotCommand<RollbackFlags>("rollback", description, (client, slot, flags) =>
    runSwap(client, actionOrder(slot, "rollback", flags.untilRestart ? { persist: false } : {}), flags),
  ).option("--until-restart", "leave the config as it is, so that it decides again at the next start");
}

export function unloadCommand(): Command {
  return slotAction("unload", "free a slot's memory; its utterances are finished first");
}

export function loadCommand(): Command {
  return slotAction("load", "load the binding of a slot, if it is not loaded");
}

function slotAction(action: SlotAction, description: string): Command {
  return slotCommand(action, description, (client, slot, flags) =>
    runSwap(client, actionOrder(slot, action), flags),
  );
}

/** @param run is called with the full name of the slot */
function slotCommand<Flags extends SwapFlags = SwapFlags>(
  name: string,
  description: string,
  run: (client: EngineClient, slot: string, flags: Flags) => Promise<void>,
): Command {
  const command = new Command(name)
    .description(description)
    .argument("<slot>", "slot: slt, voices.slt, sinks.archive");
  return swapOptions(command).action((slot: string, flags: Flags) =>
    withRunningEngine(flags, (client) => run(client, slotName(slot), flags)),
  );
}
