/**
 * Slots brought back to what was recorded of them.
 *
 * @module
 */
import type { SlotRecord, SnapshotRestore } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { asSyrinxError } from "../errors.ts";
import { describeBinding } from "./binding.ts";
import type { Resolver } from "./resolver.ts";
import type { Slot } from "./slot.ts";
import { recordedState } from "./slot-record.ts";
import type { AcceptedSwap } from "./swap.ts";

/**
 * Swaps slots back, each with the state of then. One that runs the same, and has no state, is left alone.
 *
 * @param slotOf throws if there is none of that name
 * @returns when each serves or has failed to: its swap, or why there was none
 */
export async function bringBack(
  records: readonly SlotRecord[],
  slotOf: (name: string) => Slot,
  resolver: Resolver,
): Promise<Pick<SnapshotRestore, "swaps" | "problems">> {
  const swaps: Promise<SwapRecord>[] = [];
  const problems: SnapshotRestore["problems"] = [];
  for (const record of records) {
    try {
      const served = bringOneBack(record, slotOf(record.slot), resolver)?.served;
      if (served) swaps.push(served);
    } catch (error) {
      problems.push({ slot: record.slot, message: asSyrinxError(error).message });
    }
  }
  return { swaps: await Promise.all(swaps), problems };
}

function bringOneBack(
  { binding: wanted, state }: SlotRecord,
  slot: Slot,
  resolver: Resolver,
): AcceptedSwap | undefined {
  if (!wanted) return slot.running && slot.swap(undefined, "unload");
  const isSame = slot.running && Bun.deepEquals(describeBinding(slot.running), wanted);
  const given = recordedState(wanted, state);
  if (isSame && !given) return undefined;
  return slot.choose(wanted, resolver.resolve(slot.kind, wanted), "request", given && { state: given });
}
