import { Command } from "commander";
import { runSwap, type SwapFlags, swapOptions } from "./run-swap.ts";
import { withRunningEngine } from "./running-engine.ts";
import { slotName } from "./slot-name.ts";

export function reloadCommand(): Command {
  const command = new Command("reload")
    .description("start a slot anew while it serves, with newer releases if its ranges allow")
    .argument("<slot>", "slot: slt, voices.slt, sinks.archive");
  return swapOptions(command).action((slot: string, flags: SwapFlags) =>
    withRunningEngine(flags, (client) => runSwap(client, slotName(slot), "reload", {}, flags)),
  );
}
