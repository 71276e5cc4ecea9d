/**
 * `syrinx voices`, `models`, `slots`, `memory` and `history`: each prints one list of the engine.
 *
 * @module
 */
import { Command } from "commander";
import {
  bindingText,
  bytesText,
  getMemory,
  getModels,
  getSlots,
  getSwaps,
  getVoices,
  isGoodEnd,
  MAX_LIMIT,
  notInConfigText,
  swapEndText,
  swapReasonText,
  tookText,
  waitsForText,
} from "../../admin/client/mod.ts";
import type { ManifestProblem } from "../../schemas/generated/api.ts";
import { limitNumber, slotName } from "./arguments.ts";
import { listCommand } from "./list-command.ts";
import { memoryText } from "./memory-text.ts";
import { printTable } from "./table.ts";

/** Swaps that fit a screen. */
const HISTORY_LIMIT = 20;

export function voicesCommand(): Command {
  return listCommand(new Command("voices").description("list the voices that can be requested"), {
    engine: "any",
    request: () => getVoices,
    print({ voices }) {
      const rows = voices.map(({ id, language, sample_rate, release, aliases, default: isDefault }) => [
        isDefault ? `${id} *` : id,
        language,
        sample_rate ? `${sample_rate} Hz` : "",
        release ?? "(not loaded)",
        aliases?.join(" ") ?? "",
      ]);
      printTable(["VOICE", "LANGUAGE", "RATE", "RELEASE", "ALIASES"], rows);
      console.log("* speaks when a request names no voice");
    },
  });
}

export function modelsCommand(): Command {
  return listCommand(new Command("models").description("list the model releases on disk"), {
    engine: "any",
    request: () => getModels,
    print({ models, problems }) {
      const rows = models.map(({ name, version, format, languages, bytes, speakers, license }) => [
        name,
        version,
        format,
        languages.join(" "),
        bytesText(bytes),
        speakers?.join(" ") ?? "",
        license,
      ]);
      printTable(["MODEL", "VERSION", "FORMAT", "LANGUAGES", "SIZE", "SPEAKERS", "LICENCE"], rows);
      printProblems(problems);
    },
  });
}

export function slotsCommand(): Command {
  const command = new Command("slots").description("list the slots with their bindings and states");
  return listCommand(command, {
    engine: "running",
    request: () => getSlots,
    print({ slots }) {
      const rows = slots.map(({ slot, state, swap, generation, running, instances }) => [
        slot,
        swap ? `${state}, swapping` : state,
        String(generation),
        bindingText(running),
        instances.map(({ device }) => device ?? "").join(" "),
        instances.map(({ pid }) => pid).join(" "),
        bytesText(instances.reduce((sum, { rssBytes = 0 }) => sum + rssBytes, 0)),
      ]);
      printTable(["SLOT", "STATE", "GENERATION", "RUNS", "DEVICE", "PID", "MEMORY"], rows);
      for (const { slot, error } of slots) if (error) console.error(`! ${slot}: ${error.message}`);
      for (const slot of slots)
        if (slot.configured) console.error(`! ${slot.slot}: ${notInConfigText(slot)}`);
    },
  });
}

export function memoryCommand(): Command {
  const command = new Command("memory").description(
    "show the memory of this machine and its GPUs, and what each instance uses",
  );
  return listCommand(command, {
    engine: "running",
    request: () => getMemory,
    print(view) {
      console.log(memoryText(view));
      for (const { id, problem } of view.devices) if (problem) console.error(`! ${id}: ${problem}`);
    },
  });
}

interface HistoryFlags {
  slot?: string;
  limit: number;
}

export function historyCommand(): Command {
  const command = new Command("history")
    .description("list the swaps, newest first: why, by whom, from what to what, and how each ended")
    .option("--slot <slot>", "only those of a slot: slt, voices.slt, sinks.archive")
    .option("--limit <number>", `how many to list, at most ${MAX_LIMIT}`, limitNumber, HISTORY_LIMIT);
  return listCommand(command, {
    engine: "running",
    json: "print JSON, with every stage and its time",
    request: ({ slot, limit }: HistoryFlags) =>
      getSwaps(limit, slot === undefined ? {} : { slot: slotName(slot) }),
    print({ swaps }) {
      const rows = swaps.map((swap) => [
        swap.startedAt,
        swap.slot,
        swapReasonText(swap),
        bindingText(swap.from),
        bindingText(swap.to),
        swapEndText(swap),
        tookText(swap.stages.at(-1)?.elapsedMs ?? 0),
        swap.actor ?? "",
        String(swap.moved ?? ""),
      ]);
      printTable(["STARTED", "SLOT", "WHY", "FROM", "TO", "STAGE", "AFTER", "BY", "MOVED"], rows);
      for (const swap of swaps) {
        const waits = waitsForText(swap);
        if (waits !== undefined) console.error(`! ${swap.startedAt} ${swap.slot}: its canary ${waits}`);
      }
      for (const swap of swaps)
        if (swap.error && !isGoodEnd(swap))
          console.error(`! ${swap.startedAt} ${swap.slot}: ${swap.error.message}`);
    },
  });
}

/** Prints on stderr what is wrong with manifests, a line each. */
export function printProblems(problems: readonly ManifestProblem[]): void {
  for (const { path, problems: all } of problems) {
    for (const { pointer, message } of all) console.error(`! ${path} ${pointer} ${message}`);
  }
}
