import { Command } from "commander";
import type { SlotList } from "../../schemas/generated/api.ts";
import { bindingText } from "./binding-text.ts";
import { listCommand } from "./list-command.ts";
import { sizeText } from "./size-text.ts";
import { printTable } from "./table.ts";

export function slotsCommand(): Command {
  const command = new Command("slots").description("list the slots, what runs in them, and how that is");
  return listCommand<SlotList>(command, {
    engine: "running",
    path: () => "/control/slots",
    print({ slots }) {
      const rows = slots.map(({ slot, state, swap, generation, running, instances }) => [
        slot,
        swap ? `${state}, swapping` : state,
        String(generation),
        bindingText(running),
        instances.map(({ device }) => device ?? "").join(" "),
        instances.map(({ pid }) => pid).join(" "),
        sizeText(instances.reduce((sum, { rssBytes = 0 }) => sum + rssBytes, 0)),
      ]);
      printTable(["SLOT", "STATE", "GENERATION", "RUNS", "DEVICE", "PID", "MEMORY"], rows);
      for (const { slot, error } of slots) if (error) console.error(`! ${slot}: ${error.message}`);
    },
  });
}
