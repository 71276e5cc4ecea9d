/**
 * `syrinx reload`, `rollback`, `unload` and `load`: what can be done to a slot without saying what fills it.
 *
 * @module
 */
import { Command } from "commander";
import type { SlotAction } from "../../admin/client/mod.ts";
import { slotName } from "./arguments.ts";
import { withRunningEngine } from "./find-engine.ts";
import { actionOrder, runSwap, type SwapFlags, swapOptions } from "./run-swap.ts";

export function reloadCommand(): Command {
  return slotAction("reload", "start a slot again while it serves, with newer releases if its ranges allow");
}

export function rollbackCommand(): Command {
  return slotAction("rollback", "go back to the binding that served before; at once if it still runs");
}

export function unloadCommand(): Command {
  return slotAction("unload", "free a slot's memory; its utterances are finished first");
}

export function loadCommand(): Command {
  return slotAction("load", "load the binding of a slot, if it is not loaded");
}

function slotAction(action: SlotAction, description: string): Command {
  const command = new Command(action)
    .description(description)
    .argument("<slot>", "slot: slt, voices.slt, sinks.archive");
  return swapOptions(command).action((slot: string, flags: SwapFlags) =>
    withRunningEngine(flags, (client) => runSwap(client, actionOrder(slotName(slot), action), flags)),
  );
}
