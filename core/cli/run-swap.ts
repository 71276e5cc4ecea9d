/**
 * Asks for a swap, or for the end of a canary, shows the stages as they are reached, and tells how it ended.
 *
 * @module
 */
import type { Command } from "commander";
import type { SlotView } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { SyrinxError } from "../errors.ts";
import type { Client } from "./client.ts";
import { followEvents } from "./event-feed.ts";
import { showProgress, silent } from "./progress.ts";
import { type RunningEngineChoice, runningEngineOptions } from "./running-engine.ts";
import {
  acceptedText,
  canaryHint,
  doneText,
  failureOf,
  isAsAsked,
  notDone,
  type SwapAction,
} from "./swap-text.ts";

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

/** What is asked of the engine. */
export interface SwapOrder {
  slot: string;
  action: SwapAction;
  path: string;
  body: object;
}

/** @returns the order of a slot's swap by one of its own routes */
export function slotOrder(
  slot: string,
  action: Exclude<SwapAction, "promote" | "abort">,
  body: object = {},
): SwapOrder {
  return { slot, action, path: `/control/slots/${encodeURIComponent(slot)}/${action}?wait=false`, body };
}

/** @throws SyrinxError of the reason if it did not end as it was asked to; it says what serves now */
export async function runSwap(client: Client, order: SwapOrder, { wait, json }: SwapFlags): Promise<void> {
  const { slot, action, path, body } = order;
  const failed = async (reason: SyrinxError) => {
    const view = await client
      .get<SlotView>(`/control/slots/${encodeURIComponent(slot)}`)
      .catch(() => undefined);
    return notDone(action, slot, reason, view);
  };
  const events = wait ? await followEvents(client, slot) : undefined;
  const asked = await client.post(path, body).catch((error: SyrinxError) => error);
  if (asked instanceof SyrinxError) throw await failed(asked);
  const accepted = (await asked.json()) as SwapRecord;
  const isOver = accepted.endedAt !== undefined;
  const record = events && !isOver ? await whenOver(events, accepted, json ?? false) : accepted;
  if (json) console.log(JSON.stringify(record, null, 2));
  if (events && !isAsAsked(action, record)) throw await failed(failureOf(record));
  if (!json) console.log(events ? doneText(action, record) : acceptedText(action, record));
}

async function whenOver(
  events: AsyncGenerator<{ kind: string; swap?: SwapRecord }>,
  { id, slot }: SwapRecord,
  quiet: boolean,
): Promise<SwapRecord> {
  const progress = quiet ? silent : showProgress(slot);
  let stage: SwapRecord["stage"] | undefined;
  try {
    for await (const { swap } of events) {
      if (swap?.id !== id) continue;
      progress.reached(swap);
      if (swap.stage === "canary" && stage !== "canary") progress.note(canaryHint(slot));
      stage = swap.stage;
      if (swap.endedAt !== undefined) return swap;
    }
    throw new SyrinxError("engine-not-running", "The engine ended before the swap was over");
  } finally {
    progress.end();
  }
}
