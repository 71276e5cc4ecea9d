import { Command } from "commander";
import type { SwapList } from "../../schemas/generated/api.ts";
import { bindingText } from "./binding-text.ts";
import { limitNumber, MAX_LIMIT } from "./limit-number.ts";
import { listCommand } from "./list-command.ts";
import { slotName } from "./slot-name.ts";
import { printTable } from "./table.ts";

/** As many as fit a screen. */
const LIMIT = 20;

interface HistoryFlags {
  slot?: string;
  limit: number;
}

export function historyCommand(): Command {
  const command = new Command("history")
    .description("list the swaps, newest first")
    .option("--slot <slot>", "only those of a slot: slt, voices.slt, sinks.archive")
    .option("--limit <number>", `most that are listed, up to ${MAX_LIMIT}`, limitNumber, LIMIT);
  return listCommand<SwapList, HistoryFlags>(command, {
    engine: "running",
    json: "print JSON, with every stage and its time",
    path({ slot, limit }) {
      const only = slot === undefined ? "" : `&slot=${encodeURIComponent(slotName(slot))}`;
      return `/control/swaps?limit=${limit}${only}`;
    },
    print({ swaps }) {
      const rows = swaps.map(({ startedAt, slot, reason, from, to, stage, stages, moved }) => [
        startedAt,
        slot,
        reason,
        bindingText(from),
        bindingText(to),
        stage,
        `${Math.round(stages.at(-1)?.elapsedMs ?? 0)} ms`,
        String(moved ?? ""),
      ]);
      printTable(["STARTED", "SLOT", "WHY", "FROM", "TO", "STAGE", "AFTER", "MOVED"], rows);
      for (const { startedAt, slot, error } of swaps)
        if (error) console.error(`! ${startedAt} ${slot}: ${error.message}`);
    },
  });
}
