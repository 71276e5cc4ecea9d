/**
 * Brings slots back to what was recorded of them, and says beforehand what that would do.
 *
 * @module
 */
import type { SlotRecord, SlotRestorePlan, SnapshotRestore } from "../../schemas/generated/api.ts";
import type { ResolvedBinding, SwapRecord } from "../../schemas/generated/swap.ts";
import { asSyrinxError } from "../errors.ts";
import { type Binding, describeBinding, type Resolver } from "../releases/mod.ts";
import type { Slot } from "./slot.ts";
import { recordedState } from "./slot-record.ts";
import type { AcceptedSwap } from "./swap-log.ts";
import type { SwapPreview } from "./swap-preview.ts";

/**
 * Swaps slots back, each with its state of that time. A slot that runs the same binding, and has no state in the record,
 * is left alone, unless something else is on its way. What waits in the others ends.
 *
 * @param slotOf throws if there is none of that name
 * @returns the swap of each slot, once it serves or has failed; and why there was none
 */
export async function restoreSlots(
  records: readonly SlotRecord[],
  slotOf: (name: string) => Slot,
  resolver: Resolver,
): Promise<Pick<SnapshotRestore, "swaps" | "problems">> {
  const swaps: Promise<SwapRecord>[] = [];
  const problems: SnapshotRestore["problems"] = [];
  for (const record of records) {
    try {
      const served = restoreSlot(record, slotOf(record.slot), resolver)?.served;
      if (served) swaps.push(served);
    } catch (error) {
      problems.push({ slot: record.slot, message: asSyrinxError(error).message });
    }
  }
  return { swaps: await Promise.all(swaps), problems };
}

/** What becomes of a slot, apart from its state. */
export type SlotRestore = Omit<SlotRestorePlan, "stateBytes">;

/**
 * Says what {@linkcode restoreSlots} would do now. Changes nothing.
 *
 * @param leaving slots that are removed before that
 * @param preview as for {@linkcode planRestore}
 */
export function planRestores(
  records: readonly SlotRecord[],
  leaving: readonly string[],
  slots: ReadonlyMap<string, Slot>,
  preview: SwapPreview | undefined,
): Promise<SlotRestore[]> {
  const staying = records.filter(({ slot }) => !leaving.includes(slot));
  const going = leaving.flatMap((name) => slots.get(name) ?? []);
  return Promise.all([
    ...staying.map((record) => planRestore(record, slots.get(record.slot), preview)),
    ...going.map(planRemoval),
  ]);
}

/**
 * Says what {@linkcode restoreSlots} would do with one slot now. Changes nothing.
 *
 * @param slot undefined: it is not there now, and the recorded config brings it
 * @param preview undefined: nothing can be said, because the restore also changes releases and grants
 */
export async function planRestore(
  { slot: name, binding: to, state }: SlotRecord,
  slot: Pick<Slot, "running"> | undefined,
  preview: SwapPreview | undefined,
): Promise<SlotRestore> {
  const from = slot?.running ? describeBinding(slot.running) : null;
  const known = { slot: name, from, to };
  if (!to) return { ...known, action: from ? "unload" : "unchanged" };
  if (state === undefined && isSame(slot?.running, to)) return { ...known, action: "unchanged" };
  const what = { ...known, action: slot ? "swap" : "add" } as const;
  if (!preview) return what;
  try {
    const kind = name.startsWith("voices.") ? "voice" : "sink";
    const plan = await preview.plan(name, kind, to, "auto", recordedState(to, state) !== undefined);
    const problem = plan.reason ?? (plan.memory.verdict === "refused" ? plan.memory.message : undefined);
    return { ...what, plan, ...(problem !== undefined && { problem }) };
  } catch (error) {
    return { ...what, problem: asSyrinxError(error).message };
  }
}

/** @returns what becomes of a slot that the recorded config does not have */
export function planRemoval({ name, running }: Pick<Slot, "name" | "running">): SlotRestore {
  return { slot: name, action: "remove", from: running ? describeBinding(running) : null, to: null };
}

function isSame(running: Binding | undefined, then: ResolvedBinding): boolean {
  return running !== undefined && Bun.deepEquals(describeBinding(running), then);
}

function restoreSlot(
  { binding: wanted, state }: SlotRecord,
  slot: Slot,
  resolver: Resolver,
): AcceptedSwap | undefined {
  const turn = "overtaking";
  if (!wanted) return slot.running || slot.changing ? slot.unload("unload", { turn }) : undefined;
  const given = recordedState(wanted, state);
  if (!given && !slot.changing && isSame(slot.running, wanted)) return undefined;
  const manner = { turn, ...(given && { state: given }) } as const;
  return slot.choose(wanted, resolver.resolve(slot.kind, wanted), "request", manner);
}
