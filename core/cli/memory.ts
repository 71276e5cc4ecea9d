import { Command } from "commander";
import type { MemoryView } from "../../schemas/generated/api.ts";
import { listCommand } from "./list-command.ts";
import { memoryText } from "./memory-text.ts";

export function memoryCommand(): Command {
  const command = new Command("memory").description(
    "show the memory of this machine and its GPUs, and what each instance holds of it",
  );
  return listCommand<MemoryView>(command, {
    engine: "running",
    path: () => "/control/memory",
    print(view) {
      console.log(memoryText(view));
      for (const { id, problem } of view.devices) if (problem) console.error(`! ${id}: ${problem}`);
    },
  });
}
