/**
 * Several slots brought to what a config wants of them: all, or none.
 *
 * @module
 */
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import { SyrinxError } from "../errors.ts";
import { type Binding, sameBinding, type WantedBinding } from "../releases/mod.ts";
import type { Unloaded } from "./lifecycle/mod.ts";
import type { Slot } from "./slot.ts";
import type { LoadPolicy } from "./slot-environment.ts";

/** What is wanted of one slot. */
export interface SlotWish {
  readonly slot: string;
  readonly kind: PluginKind;
  readonly wanted: WantedBinding;
  readonly loadPolicy: LoadPolicy;
  /** false: what fills the slot serves on, and is only kept in another way. */
  readonly rebinds: boolean;
}

/** What keeps a slot from what is wanted of it. */
export interface SlotFault {
  readonly slot: string;
  readonly error: SyrinxError;
}

/** What is asked of a slot. */
export type ChangingSlot = Pick<
  Slot,
  | "name"
  | "wanted"
  | "loadPolicy"
  | "running"
  | "previous"
  | "unloaded"
  | "error"
  | "keep"
  | "swap"
  | "reject"
>;

/** What is asked of the host. */
export interface SlotKeeper {
  /** @returns undefined: there is none of that name */
  find(name: string): ChangingSlot | undefined;
  /** @returns what keeps the wish from being begun */
  check(wish: SlotWish): SyrinxError | undefined;
  /** @returns what has kept the wish from coming true */
  grant(wish: SlotWish): Promise<SyrinxError | undefined>;
  remove(name: string): Promise<void>;
}

/** A slot as it was. */
interface Standing {
  readonly slot: ChangingSlot;
  readonly wanted: WantedBinding;
  readonly loadPolicy: LoadPolicy;
  readonly running: Binding | undefined;
  readonly unloaded: Unloaded | undefined;
  readonly error: SyrinxError | undefined;
}

/**
 * Grants every wish; if one cannot be granted, every slot goes back to what it was, at once where that still runs. Where
 * the others would find no memory, `leaving` is unloaded before them.
 *
 * @param leaving slots that are removed afterwards, by the caller
 * @returns what the slots did not come up for; empty: all wishes came true
 */
export async function changeTogether(
  keeper: SlotKeeper,
  wishes: readonly SlotWish[],
  leaving: readonly string[],
): Promise<SlotFault[]> {
  const impossible = wishes.flatMap((wish) => faultOf(wish, keeper.check(wish)));
  if (impossible.length > 0) return impossible;
  const names = [...wishes.map(({ slot }) => slot), ...leaving];
  const standings = names.flatMap((name) => standingOf(keeper.find(name)));
  const isNew = names.filter((name) => !keeper.find(name));
  const grant = async (some: readonly SlotWish[]) =>
    (await Promise.all(some.map(async (wish) => faultOf(wish, await keeper.grant(wish))))).flat();

  let faults = await grant(wishes);
  if (leaving.length > 0 && faults.some(({ error }) => error.code === "memory-refused")) {
    await Promise.all(leaving.map((name) => unload(keeper.find(name))));
    faults = await grant(wishes.filter(({ slot }) => faults.some((fault) => fault.slot === slot)));
  }
  if (faults.length === 0) return [];
  // One that is gone by itself went as the engine ends.
  for (const name of isNew) if (keeper.find(name)) void keeper.remove(name);
  const isFailed = ({ name }: ChangingSlot) => faults.some(({ slot }) => slot === name);
  await Promise.all(standings.map((standing) => goBack(standing, !isFailed(standing.slot))));
  return faults;
}

/** Without effect if that cannot be written down now: then there is no more room than before. */
async function unload(slot: ChangingSlot | undefined): Promise<void> {
  try {
    await slot?.swap(undefined, "unload").done;
  } catch (error) {
    if (!(error instanceof SyrinxError)) throw error;
  }
}

function faultOf({ slot }: SlotWish, error: SyrinxError | undefined): SlotFault[] {
  return error ? [{ slot, error }] : [];
}

function standingOf(slot: ChangingSlot | undefined): Standing[] {
  if (!slot) return [];
  const { wanted, loadPolicy, running, unloaded, error } = slot;
  return [{ slot, wanted, loadPolicy, running, unloaded, error }];
}

/** @param isChanged false: its swap failed, and what served serves on */
async function goBack({ slot, wanted, loadPolicy, running, unloaded, error }: Standing, isChanged: boolean) {
  slot.keep(loadPolicy);
  const { running: present, previous } = slot;
  // A swap that was under way may have brought something else before the wish came true.
  const isOther = present && !(running && sameBinding(present, running));
  const before = isOther ? (previous ?? running) : running;
  if (isChanged && before) {
    if (!present || isOther) await slot.swap(before, "rollback").served;
  } else if (isChanged && present) {
    await slot.swap(undefined, unloaded === "evicted" ? "evicted" : "idle").done;
    if (error) slot.reject(error);
  }
  // A rollback makes what it leads to the wish.
  slot.wanted = wanted;
}
