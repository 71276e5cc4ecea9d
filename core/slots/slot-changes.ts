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
export interface WantedSlot {
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
  | "unload"
  | "reject"
>;

/** What is asked of the host. */
export interface SlotChanger {
  /** @returns undefined: there is none of that name */
  find(name: string): ChangingSlot | undefined;
  /** @returns what stands in the way, as far as can be told before it is begun */
  check(one: WantedSlot): SyrinxError | undefined;
  /** @returns why the slot did not become what is wanted */
  apply(one: WantedSlot): Promise<SyrinxError | undefined>;
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
 * Brings every slot to what is wanted; if one fails, every slot goes back to what it was, at once where that still
 * runs. Where the others would find no memory, `leaving` is unloaded before them.
 *
 * @param leaving slots that are removed afterwards, by the caller
 * @returns what the slots did not come up for; empty: all are as wanted
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
  // One that is gone by itself went as the engine ends.
  for (const name of isNew) if (changer.find(name)) void changer.remove(name);
  const isFailed = ({ name }: ChangingSlot) => faults.some(({ slot }) => slot === name);
  await Promise.all(standings.map((standing) => goBack(standing, !isFailed(standing.slot))));
  return faults;
}

/** Without effect if that cannot be written down now: then there is no more room than before. */
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
  const { wanted, loadPolicy, running, unloaded, error } = slot;
  return [{ slot, wanted, loadPolicy, running, unloaded, error }];
}

/** @param isChanged false: its swap failed, and what served serves on */
async function goBack({ slot, wanted, loadPolicy, running, unloaded, error }: Standing, isChanged: boolean) {
  slot.keep(loadPolicy);
  const { running: present, previous } = slot;
  // A swap that was under way may have brought something else before this one was done.
  const isOther = present && !(running && sameBinding(present, running));
  const before = isOther ? (previous ?? running) : running;
  if (isChanged && before) {
    if (!present || isOther) await slot.swap(before, "rollback").served;
  } else if (isChanged && present) {
    await slot.unload(unloaded === "evicted" ? "evicted" : "idle").done;
    if (error) slot.reject(error);
  }
  // A rollback makes what it leads to what is wanted.
  slot.wanted = wanted;
}
