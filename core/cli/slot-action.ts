import { Command } from "commander";
import { runSwap, slotOrder, type SwapFlags, swapOptions } from "./run-swap.ts";
import { withRunningEngine } from "./running-engine.ts";
import { slotName } from "./slot-name.ts";

/** @returns a command that takes a slot and nothing else, and swaps what is in it */
export function slotAction(action: "reload" | "rollback" | "unload" | "load", description: string): Command {
  const command = new Command(action)
    .description(description)
    .argument("<slot>", "slot: slt, voices.slt, sinks.archive");
  return swapOptions(command).action((slot: string, flags: SwapFlags) =>
    withRunningEngine(flags, (client) => runSwap(client, slotOrder(slotName(slot), action), flags)),
  );
}
