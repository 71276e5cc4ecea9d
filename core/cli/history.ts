import { Command, InvalidArgumentError } from "commander";
import type { SwapList } from "../../schemas/generated/api.ts";
import { bindingText } from "./binding-text.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "./running-engine.ts";
import { slotName } from "./slot-name.ts";
import { printTable } from "./table.ts";

/** As many as fit a screen. */
const LIMIT = 20;
/** What the engine answers at once. */
const MOST = 500;

interface HistoryFlags extends RunningEngineChoice {
  slot?: string;
  limit: number;
  json?: boolean;
}

export function historyCommand(): Command {
  const command = new Command("history")
    .description("list the swaps, newest first")
    .option("--slot <slot>", "only those of a slot: slt, voices.slt, sinks.archive")
    .option("--limit <number>", `most that are listed, up to ${MOST}`, limitNumber, LIMIT)
    .option("--json", "print JSON, with every stage and its time");
  return runningEngineOptions(command).action((flags: HistoryFlags) =>
    withRunningEngine(flags, async (client) => {
      const slot = flags.slot === undefined ? "" : `&slot=${encodeURIComponent(slotName(flags.slot))}`;
      const list = await client.get<SwapList>(`/control/swaps?limit=${flags.limit}${slot}`);
      if (flags.json) return console.log(JSON.stringify(list, null, 2));
      const rows = list.swaps.map(({ startedAt, slot: name, reason, from, to, stage, stages, moved }) => [
        startedAt,
        name,
        reason,
        bindingText(from),
        bindingText(to),
        stage,
        `${Math.round(stages.at(-1)?.elapsedMs ?? 0)} ms`,
        String(moved ?? ""),
      ]);
      printTable(["STARTED", "SLOT", "WHY", "FROM", "TO", "STAGE", "AFTER", "MOVED"], rows);
      for (const { startedAt, slot: name, error } of list.swaps)
        if (error) console.error(`! ${startedAt} ${name}: ${error.message}`);
    }),
  );
}

function limitNumber(value: string): number {
  const limit = Number(value);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST) return limit;
  throw new InvalidArgumentError(`A limit is a whole number from 1 to ${MOST}.`);
}
