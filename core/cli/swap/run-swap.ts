/**
 * Asks for a swap, or for the end of a canary, shows the stages that it reaches, and says how it ended.
 *
 * @module
 */
import type { Command } from "commander";
import {
  type ActionManner,
  type EngineClient,
  followSwap,
  getSlot,
  type Outcome,
  type Request,
  type SlotAction,
  startAction,
  startSwap,
} from "../../../admin/client/mod.ts";
import type { SwapRequest } from "../../../schemas/generated/api.ts";
import type { SwapRecord } from "../../../schemas/generated/swap.ts";
import type { SyrinxError } from "../../errors.ts";
import { type RunningEngineChoice, runningEngineOptions } from "../find-engine.ts";
import { showProgress, silent } from "../progress.ts";
import { errorOf } from "../send.ts";
import {
  acceptedText,
  canaryHint,
  endText,
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
      .option("--no-wait", "do not wait until it has ended")
      .option("--json", "print the record of the swap as JSON"),
  );
}

/** What a command asks of the engine. */
export interface SwapOrder {
  slot: string;
  action: SwapAction;
  request: Request<SwapRecord>;
}

export function swapOrder(slot: string, change: SwapRequest): SwapOrder {
  return { slot, action: "swap", request: startSwap(slot, change) };
}

export function actionOrder(slot: string, action: SlotAction, how: ActionManner = {}): SwapOrder {
  return { slot, action, request: startAction(slot, action, how) };
}

/** @throws SyrinxError of the reason if the swap did not end as it was asked to; it says what serves now */
export async function runSwap(
  client: EngineClient,
  order: SwapOrder,
  { wait, json }: SwapFlags,
): Promise<void> {
  const { action, slot, request } = order;
  const outcome = await (wait ? follow(client, order, json ?? false) : client.send(request));
  if (!outcome.ok) {
    const reason = errorOf(client, outcome.error);
    throw reason.code === "engine-not-running" ? reason : await failed(client, order, reason);
  }
  const swap = outcome.value;
  if (json) console.log(JSON.stringify(swap, null, 2));
  if (wait && !isAsAsked(action, swap)) throw await failed(client, order, failureOf(swap));
  if (!json) console.log(`${slot}: ${wait ? endText(action, swap) : acceptedText(action, swap)}`);
}

async function follow(
  client: EngineClient,
  { slot, request }: SwapOrder,
  isQuiet: boolean,
): Promise<Outcome<SwapRecord>> {
  const progress = isQuiet ? silent : showProgress(slot);
  let stage: SwapRecord["stage"] | undefined;
  try {
    return await followSwap(client, slot, request, (swap) => {
      progress.reached(swap);
      if (swap.stage === "canary" && stage !== "canary") progress.note(canaryHint(slot));
      stage = swap.stage;
    });
  } finally {
    progress.end();
  }
}

async function failed(
  client: EngineClient,
  { action, slot }: SwapOrder,
  reason: SyrinxError,
): Promise<SyrinxError> {
  const view = await client.send(getSlot(slot));
  return notDone(action, slot, reason, view.ok ? view.value : undefined);
}
