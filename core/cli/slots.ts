import { Command } from "commander";
import type { SlotList } from "../../schemas/generated/api.ts";
import { bindingText } from "./binding-text.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "./running-engine.ts";
import { printTable } from "./table.ts";

const MEGABYTE = 1_000_000;

export function slotsCommand(): Command {
  const command = new Command("slots")
    .description("list the slots, what runs in them, and how that is")
    .option("--json", "print JSON");
  return runningEngineOptions(command).action((flags: RunningEngineChoice & { json?: boolean }) =>
    withRunningEngine(flags, async (client) => {
      const list = await client.get<SlotList>("/control/slots");
      if (flags.json) return console.log(JSON.stringify(list, null, 2));
      const rows = list.slots.map(({ slot, state, swap, generation, running, instances }) => [
        slot,
        swap ? `${state}, swapping` : state,
        String(generation),
        bindingText(running),
        instances.map(({ device }) => device ?? "").join(" "),
        instances.map(({ pid }) => pid).join(" "),
        `${(instances.reduce((sum, { rssBytes = 0 }) => sum + rssBytes, 0) / MEGABYTE).toFixed(0)} MB`,
      ]);
      printTable(["SLOT", "STATE", "GENERATION", "RUNS", "DEVICE", "PID", "MEMORY"], rows);
      for (const { slot, error } of list.slots) if (error) console.error(`! ${slot}: ${error.message}`);
    }),
  );
}
