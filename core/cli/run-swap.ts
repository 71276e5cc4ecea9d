/**
 * Asks for a swap, shows its stages as they are reached, and tells how it ended.
 *
 * @module
 */
import type { Command } from "commander";
import type { SlotView } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { isErrorCode, SyrinxError } from "../errors.ts";
import { bindingText } from "./binding-text.ts";
import type { Client } from "./client.ts";
import { followEvents } from "./event-feed.ts";
import { showProgress, silent } from "./progress.ts";
import { type RunningEngineChoice, runningEngineOptions } from "./running-engine.ts";

export interface SwapFlags extends RunningEngineChoice {
  wait: boolean;
  json?: boolean;
}

/** Adds the options of everything that swaps. */
export function swapOptions(command: Command): Command {
  return runningEngineOptions(
    command
      .option("--no-wait", "do not wait for the end of it")
      .option("--json", "print the record of the swap as JSON"),
  );
}

/**
 * @param change body of the request
 * @throws SyrinxError of the reason if the slot was not swapped; it says what serves now
 */
export async function runSwap(
  client: Client,
  slot: string,
  action: "swap" | "reload",
  change: object,
  { wait, json }: SwapFlags,
): Promise<void> {
  const events = wait ? await followEvents(client, slot) : undefined;
  const path = `/control/slots/${slot}/${action}?wait=false`;
  const asked = await client.post(path, change).catch((error: SyrinxError) => error);
  if (asked instanceof SyrinxError) throw await notSwapped(client, slot, asked);
  const accepted = (await asked.json()) as SwapRecord;
  const record = events ? await whenOver(events, accepted, json ? silent : showProgress(slot)) : accepted;
  if (json) console.log(JSON.stringify(record, null, 2));
  if (events && record.stage !== "done") throw await notSwapped(client, slot, failureOf(record));
  if (!json) console.log(events ? doneText(record) : `${slot}: swap ${record.id} was accepted`);
}

async function whenOver(
  events: AsyncGenerator<{ kind: string; swap?: SwapRecord }>,
  accepted: SwapRecord,
  progress: ReturnType<typeof showProgress>,
): Promise<SwapRecord> {
  try {
    for await (const { swap } of events) {
      if (swap?.id !== accepted.id) continue;
      progress.reached(swap);
      if (swap.endedAt !== undefined) return swap;
    }
    throw new SyrinxError("engine-not-running", "The engine ended before the swap was over");
  } finally {
    progress.end();
  }
}

function doneText({ slot, to, generation, stages, moved }: SwapRecord): string {
  const ms = Math.round(stages.at(-1)?.elapsedMs ?? 0);
  const over = moved ? `; utterances that moved to it: ${moved}` : "";
  return `${slot}: ${bindingText(to)} serves as generation ${generation}, after ${ms} ms${over}`;
}

function failureOf({ stage, stages, error }: SwapRecord): SyrinxError {
  if (!error) return new SyrinxError("cancelled", `The swap was ${stage}`);
  const reached = stages.at(-2)?.stage ?? stage;
  const code = isErrorCode(error.code) ? error.code : "plugin-failed";
  return new SyrinxError(code, `while it was ${reached}: ${error.message}`);
}

/** @returns the reason, with what serves the slot now */
async function notSwapped(client: Client, slot: string, reason: SyrinxError): Promise<SyrinxError> {
  const view = await client.get<SlotView>(`/control/slots/${slot}`).catch(() => undefined);
  const now =
    view?.state === "ready"
      ? `. ${bindingText(view.running)} serves on`
      : view
        ? `. The slot is ${view.state}`
        : "";
  return new SyrinxError(reason.code, `${slot} was not swapped: ${reason.message}${now}`);
}
