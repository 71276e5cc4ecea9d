/**
 * Brings several slots to what a config wants: all of them, or none.
 *
 * @module
 */
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import { SyrinxError } from "../errors.ts";
import { type Binding, sameBinding, type WantedBinding } from "../releases/mod.ts";
import type { Unloaded } from "./lifecycle/mod.ts";
import type { Slot } from "./slot.ts";
import type { LoadPolicy } from "./slot-environment.ts";
import type { WishStanding } from "./slot-wish.ts";

/** What is wanted of one slot. */
export interface WantedSlot {
  readonly slot: string;
  readonly kind: PluginKind;
  readonly wanted: WantedBinding;
  readonly loadPolicy: LoadPolicy;
  /** fill: with the wanted binding. adopt: it runs that already. keep: it keeps its binding, and gets the load policy. */
  readonly binding: "fill" | "adopt" | "keep";
}

/** Why a slot did not become what is wanted. */
export interface SlotFault {
  readonly slot: string;
  readonly error: SyrinxError;
}

/** What is asked of a slot. */
export type ChangingSlot = Pick<
  Slot,
  | "name"
  | "wish"
  | "loadPolicy"
  | "running"
  | "previous"
  | "unloaded"
  | "error"
  | "setLoadPolicy"
  | "swap"
  | "unload"
  | "reject"
>;

/** What is asked of the host. */
export interface SlotChanger {
  /** @returns undefined: there is none of that name */
  find(name: string): ChangingSlot | undefined;
  /** @returns why it cannot succeed, as far as that is known before it begins */
  check(one: WantedSlot): SyrinxError | undefined;
  /** @returns why the slot did not become what is wanted */
  apply(one: WantedSlot): Promise<SyrinxError | undefined>;
  remove(name: string): Promise<void>;
}

/** A slot as it was. */
interface Standing {
  readonly slot: ChangingSlot;
  readonly wish: WishStanding;
  readonly loadPolicy: LoadPolicy;
  readonly running: Binding | undefined;
  readonly unloaded: Unloaded | undefined;
  readonly error: SyrinxError | undefined;
}

/**
 * Brings every slot to what is wanted. If one fails, every slot is rolled back, at once if the old process still runs.
 * If there is not enough memory, the slots in `leaving` are unloaded first.
 *
 * @param leaving slots that are removed afterwards, by the caller
 * @returns which slots failed and why; empty: all are as wanted
 */
export async function changeTogether(
  changer: SlotChanger,
  wanted: readonly WantedSlot[],
  leaving: readonly string[],
): Promise<SlotFault[]> {
  const impossible = wanted.flatMap((one) => faultOf(one, changer.check(one)));
  if (impossible.length > 0) return impossible;
  const names = [...wanted.map(({ slot }) => slot), ...leaving];
  const standings = names.flatMap((name) => standingOf(changer.find(name)));
  const isNew = names.filter((name) => !changer.find(name));
  const apply = async (some: readonly WantedSlot[]) =>
    (await Promise.all(some.map(async (one) => faultOf(one, await changer.apply(one))))).flat();

  let faults = await apply(wanted);
  if (leaving.length > 0 && faults.some(({ error }) => error.code === "memory-refused")) {
    await Promise.all(leaving.map((name) => unload(changer.find(name))));
    faults = await apply(wanted.filter(({ slot }) => faults.some((fault) => fault.slot === slot)));
  }
  if (faults.length === 0) return [];
  // A new slot may be gone already, because the engine is closing.
  for (const name of isNew) if (changer.find(name)) void changer.remove(name);
  const isFailed = ({ name }: ChangingSlot) => faults.some(({ slot }) => slot === name);
  await Promise.all(standings.map((standing) => goBack(standing, !isFailed(standing.slot))));
  return faults;
}

/** Has no effect if the journal cannot be written: then there is no more memory than before. */
async function unload(slot: ChangingSlot | undefined): Promise<void> {
  try {
    await slot?.unload("unload").done;
  } catch (error) {
    if (!(error instanceof SyrinxError)) throw error;
  }
}

function faultOf({ slot }: WantedSlot, error: SyrinxError | undefined): SlotFault[] {
  return error ? [{ slot, error }] : [];
}

function standingOf(slot: ChangingSlot | undefined): Standing[] {
  if (!slot) return [];
  const { loadPolicy, running, unloaded, error } = slot;
  return [{ slot, wish: slot.wish.standing(), loadPolicy, running, unloaded, error }];
}

/** @param isChanged false: its swap failed, and what served keeps serving */
async function goBack(standing: Standing, isChanged: boolean) {
  const { slot, wish, loadPolicy, running, unloaded, error } = standing;
  slot.setLoadPolicy(loadPolicy);
  const { running: present, previous } = slot;
  // What waits was asked after the change, and keeps its turn after this.
  const turn = "first";
  // A swap that was under way may have brought something else before this one was done.
  const isOther = present && !(running && sameBinding(present, running));
  const before = isOther ? (previous ?? running) : running;
  if (isChanged && before) {
    if (!present || isOther) await slot.swap(before, "rollback", { rolledBackBy: "config", turn }).served;
  } else if (isChanged && present) {
    await slot.unload(unloaded === "evicted" ? "evicted" : "idle", { turn }).done;
    if (error) slot.reject(error);
  }
  slot.wish.restore(wish);
}
