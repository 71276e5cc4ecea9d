/**
 * What fills a slot and what its plugin knows, to come back to later.
 *
 * @module
 */
import type { SlotRecord } from "../../schemas/generated/api.ts";
import type { ResolvedBinding } from "../../schemas/generated/swap.ts";
import { asSyrinxError } from "../errors.ts";
import { type Binding, describeBinding } from "./binding.ts";
import { MOST_STATE_BYTES, type StateGiver } from "./hand-over.ts";

/** @param giver what has the state; undefined if nothing does */
export async function recordSlot(
  slot: string,
  running: Binding | undefined,
  giver: StateGiver | undefined,
): Promise<SlotRecord> {
  if (!running) return { slot, binding: null };
  const record = { slot, binding: describeBinding(running) };
  try {
    const state = (await giver?.snapshot()) ?? null;
    if (state === null) return record;
    const bytes = Buffer.byteLength(JSON.stringify(state));
    if (bytes <= MOST_STATE_BYTES) return { ...record, state };
    return { ...record, problem: `its state has ${bytes} bytes, and the most are ${MOST_STATE_BYTES}` };
  } catch (error) {
    return { ...record, problem: `it gave no state: ${asSyrinxError(error).message}` };
  }
}

/** @returns what gives the state of a record to an instance; undefined: there is none */
export function recordedState(binding: ResolvedBinding, state: unknown): StateGiver | undefined {
  if (state === undefined) return undefined;
  const at = binding.plugin.lastIndexOf("@");
  const plugin = { name: binding.plugin.slice(0, at), version: binding.plugin.slice(at + 1) };
  return { binding: { plugin }, snapshot: () => Promise.resolve(state) };
}
