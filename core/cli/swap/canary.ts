/**
 * `syrinx promote` and `abort`: they end the trial of a canary by hand.
 *
 * @module
 */
import { Command } from "commander";
import { type EngineClient, endCanary, getSlot, getSwap } from "../../../admin/client/mod.ts";
import { SyrinxError } from "../../errors.ts";
import { slotName } from "../arguments.ts";
import { withRunningEngine } from "../find-engine.ts";
import { send } from "../send.ts";
import { runSwap, type SwapFlags, type SwapOrder, swapOptions } from "./run-swap.ts";

/** As the engine makes them (a UUID). */
const SWAP_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function promoteCommand(): Command {
  return canaryCommand("promote", "give a canary all the utterances, without waiting for its window to end");
}

export function abortCommand(): Command {
  return canaryCommand("abort", "roll a canary back: what served before gets all the utterances again");
}

function canaryCommand(action: "promote" | "abort", description: string): Command {
  const command = new Command(action)
    .description(description)
    .argument("<swap>", "id of the swap, or its slot: slt, voices.slt, sinks.archive");
  return swapOptions(command).action((given: string, flags: SwapFlags) =>
    withRunningEngine(flags, async (client) =>
      runSwap(client, await canaryOrder(client, given, action), flags),
    ),
  );
}

/**
 * @param given id of a swap, or the slot where the swap is under way
 * @throws SyrinxError swap-not-found or slot-not-found
 */
export async function canaryOrder(
  client: EngineClient,
  given: string,
  action: "promote" | "abort",
): Promise<SwapOrder> {
  const { id, slot } = SWAP_ID.test(given)
    ? await send(client, getSwap(given))
    : await swapUnderWay(client, slotName(given));
  return { slot, action, request: endCanary(id, action) };
}

async function swapUnderWay(client: EngineClient, slot: string): Promise<{ id: string; slot: string }> {
  const { swap } = await send(client, getSlot(slot));
  if (swap !== undefined) return { id: swap, slot };
  throw new SyrinxError(
    "swap-not-found",
    `No swap of ${slot} is under way. Those that are over: syrinx history --slot ${slot}`,
  );
}
