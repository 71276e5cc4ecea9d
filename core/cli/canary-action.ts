/**
 * The commands that end a canary by hand.
 *
 * @module
 */
import { Command } from "commander";
import type { SlotView } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { SyrinxError } from "../errors.ts";
import type { Client } from "./client.ts";
import { runSwap, type SwapFlags, type SwapOrder, swapOptions } from "./run-swap.ts";
import { withRunningEngine } from "./running-engine.ts";
import { slotName } from "./slot-name.ts";

/** As the engine makes them (a UUID). */
const SWAP_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function canaryAction(action: "promote" | "abort", description: string): Command {
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
 * @param given id of a swap, or the slot whose swap under way is meant
 * @throws SyrinxError swap-not-found or slot-not-found
 */
export async function canaryOrder(
  client: Client,
  given: string,
  action: "promote" | "abort",
): Promise<SwapOrder> {
  const { id, slot } = SWAP_ID.test(given)
    ? await client.get<SwapRecord>(`/control/swaps/${given}`)
    : await swapUnderWay(client, slotName(given));
  return { slot, action, path: `/control/swaps/${id}/${action}`, body: {} };
}

async function swapUnderWay(client: Client, slot: string): Promise<{ id: string; slot: string }> {
  const { swap } = await client.get<SlotView>(`/control/slots/${encodeURIComponent(slot)}`);
  if (swap !== undefined) return { id: swap, slot };
  throw new SyrinxError(
    "swap-not-found",
    `No swap of ${slot} is under way. Those that are over: syrinx history --slot ${slot}`,
  );
}
