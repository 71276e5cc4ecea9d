/**
 * Snapshots: taken, listed, and gone back to.
 *
 * @module
 */
import type {
  SlotRecord,
  SnapshotList,
  SnapshotRecord,
  SlotRestorePlan,
  SnapshotRestore,
  SnapshotRestorePlan,
  SnapshotView,
} from "../../schemas/generated/api.ts";
import type { Clock } from "../clock.ts";
import { SyrinxError } from "../errors.ts";
import type { SnapshotJournal } from "../journal/mod.ts";
import type { ConfigControl } from "./control.ts";
import { changesReleases } from "./plan.ts";
import type { FullConfig } from "./layers/mod.ts";

export interface SnapshotsOptions {
  control: ConfigControl;
  journal: Pick<SnapshotJournal, "write" | "get" | "all">;
  clock: Clock;
  /** Says what fills each slot, and what it knows. */
  look(): Promise<SlotRecord[]>;
  /**
   * Says what {@linkcode restoreSlots} would come to.
   *
   * @param leaving slots that are removed before
   * @param knows whether the releases and grants of now are those of then
   */
  planRestore(
    slots: readonly SlotRecord[],
    then: { leaving: readonly string[]; knows: boolean },
  ): Promise<Omit<SlotRestorePlan, "stateBytes">[]>;
  /** Brings slots back to that; what cannot be is in what it resolves with. */
  restoreSlots(slots: readonly SlotRecord[]): Promise<Pick<SnapshotRestore, "swaps" | "problems">>;
}

export class Snapshots {
  constructor(private readonly options: SnapshotsOptions) {}

  /** @throws SyrinxError journal-unwritable */
  async take(
    reason: SnapshotRecord["reason"],
    { actor, name }: { actor: string; name?: string },
  ): Promise<SnapshotView> {
    const { control, journal, clock, look } = this.options;
    const { version, document } = control.view();
    const record: SnapshotRecord = {
      id: Bun.randomUUIDv7(),
      at: new Date(clock.now()).toISOString(),
      ...(name !== undefined && { name }),
      reason,
      actor,
      version,
      document,
      slots: await look(),
    };
    journal.write(record);
    return viewOf(record);
  }

  list(): SnapshotList {
    return { snapshots: this.options.journal.all().map(viewOf) };
  }

  /**
   * Applies the config of a snapshot and pins it, then swaps every slot to what filled it then, with the state of then.
   * Another snapshot is taken first.
   *
   * @throws SyrinxError snapshot-not-found, or what keeps the config from being applied
   */
  async restore(id: string, { actor }: { actor: string }): Promise<SnapshotRestore> {
    const { control, restoreSlots } = this.options;
    const record = this.#find(id);
    const before = await this.take("restore", { actor });
    const config = await control.ask({ next: this.#pin(record, actor), cause: "restore", actor });
    return { snapshot: id, before: before.id, config, ...(await restoreSlots(record.slots)) };
  }

  /**
   * Works out what {@linkcode restore} would do, as things are now.
   *
   * @throws SyrinxError snapshot-not-found
   */
  async plan(id: string, { actor }: { actor: string }): Promise<SnapshotRestorePlan> {
    const { control, planRestore } = this.options;
    const record = this.#find(id);
    const config = await control.planOf(this.#pin(record, actor));
    if (config.problems) return { snapshot: id, config, slots: [] };
    const leaving = config.slots.filter(({ action }) => action === "remove").map(({ slot }) => slot);
    const slots = await planRestore(record.slots, { leaving, knows: !changesReleases(config) });
    const bytes = new Map(record.slots.map((one) => [one.slot, stateBytes(one)]));
    return {
      snapshot: id,
      config,
      slots: slots.map((one) => ({ ...one, stateBytes: bytes.get(one.slot) ?? 0 })),
    };
  }

  #find(id: string): SnapshotRecord {
    const record = this.options.journal.get(id);
    if (record) return record;
    throw new SyrinxError("snapshot-not-found", `There is no snapshot "${id}", or it is forgotten`);
  }

  #pin({ id, document }: SnapshotRecord, actor: string) {
    return this.options.control.pinnedTo(document as FullConfig, { snapshot: id, actor });
  }
}

function viewOf({ document: _, slots, ...rest }: SnapshotRecord): SnapshotView {
  return {
    ...rest,
    slots: slots.map((record) => ({
      slot: record.slot,
      binding: record.binding,
      stateBytes: stateBytes(record),
      ...(record.problem !== undefined && { problem: record.problem }),
    })),
  };
}

function stateBytes({ state }: SlotRecord): number {
  return state === undefined ? 0 : Buffer.byteLength(JSON.stringify(state));
}
