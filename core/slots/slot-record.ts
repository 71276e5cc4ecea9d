/**
 * Records what fills a slot and the state of its plugin, for a snapshot.
 *
 * @module
 */
import type { SlotRecord } from "../../schemas/generated/api.ts";
import type { ResolvedBinding } from "../../schemas/generated/swap.ts";
import { MAX_STATE_BYTES, type StateGiver, takeState } from "../instances/mod.ts";
import { type Binding, describeBinding } from "../releases/mod.ts";

/** @param giver what has the state; undefined if nothing does */
export async function recordSlot(
  slot: string,
  running: Binding | undefined,
  giver: StateGiver | undefined,
): Promise<SlotRecord> {
  if (!running) return { slot, binding: null };
  const record = { slot, binding: describeBinding(running) };
  if (!giver) return record;
  const taken = await takeState(giver);
  switch (taken.outcome) {
    case "none":
      return record;
    case "taken":
      return { ...record, state: taken.state };
    case "too-large":
      return {
        ...record,
        problem: `its state has ${taken.bytes} bytes, and the most are ${MAX_STATE_BYTES}`,
      };
    case "failed":
      return { ...record, problem: `it gave no state: ${taken.message}` };
  }
}

/** @returns what gives the state of a record to an instance; undefined: there is none */
export function recordedState(binding: ResolvedBinding, state: unknown): StateGiver | undefined {
  if (state === undefined) return undefined;
  const at = binding.plugin.lastIndexOf("@");
  const plugin = { name: binding.plugin.slice(0, at), version: binding.plugin.slice(at + 1) };
  return { binding: { plugin }, snapshot: () => Promise.resolve(state) };
}
