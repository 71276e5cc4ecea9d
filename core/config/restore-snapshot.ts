/**
 * Goes back to a snapshot, or says what that would do.
 *
 * A restore applies and pins the config of the snapshot, then swaps each slot to the binding of then, with the state of then
 * instead of what serves. So a slot whose config differs as well is loaded twice. A slot that runs as it did, and has no
 * state, is left alone. Like any swap by request, the bindings hold until the engine ends; after that, the pinned config decides.
 *
 * @module
 */
import type {
  SlotRecord,
  SlotRestorePlan,
  SnapshotRecord,
  SnapshotRestore,
  SnapshotRestorePlan,
} from "../../schemas/generated/api.ts";
import type { ConfigControl } from "./control.ts";
import type { FullConfig } from "./layers/mod.ts";
import { changesReleases } from "./plan.ts";
import { type Snapshots, stateBytes } from "./snapshots.ts";

/** The slots that are restored. */
export interface RestorableSlots {
  /**
   * Says what {@linkcode restoreSlots} would do. Each slot is checked alone, with the current state.
   *
   * @param leaving slots that are removed before
   * @param knows false: the releases and grants of then decide, and they are others than now
   */
  planRestore(
    slots: readonly SlotRecord[],
    then: { leaving: readonly string[]; knows: boolean },
  ): Promise<Omit<SlotRestorePlan, "stateBytes">[]>;
  /** Swaps slots back to their records. Slots that cannot go back are among the problems. */
  restoreSlots(slots: readonly SlotRecord[]): Promise<Pick<SnapshotRestore, "swaps" | "problems">>;
}

export interface SnapshotRestorerOptions {
  snapshots: Snapshots;
  control: ConfigControl;
  slots: RestorableSlots;
}

export class SnapshotRestorer {
  constructor(private readonly options: SnapshotRestorerOptions) {}

  /**
   * Applies the config of a snapshot and pins it, then restores the slots. Another snapshot is taken first.
   *
   * @throws SyrinxError snapshot-not-found, journal-unwritable, or why the config could not be applied
   */
  async restore(id: string, { actor }: { actor: string }): Promise<SnapshotRestore> {
    const { snapshots, control, slots } = this.options;
    const record = snapshots.find(id);
    const before = await snapshots.take("restore", { actor });
    const config = await control.ask({ next: this.#pin(record, actor), cause: "restore", actor });
    return { snapshot: id, before: before.id, config, ...(await slots.restoreSlots(record.slots)) };
  }

  /**
   * Works out what {@linkcode restore} would do, as things are now.
   *
   * @throws SyrinxError snapshot-not-found
   */
  async plan(id: string, { actor }: { actor: string }): Promise<SnapshotRestorePlan> {
    const { snapshots, control } = this.options;
    const record = snapshots.find(id);
    const config = await control.planOf(this.#pin(record, actor));
    if (config.problems) return { snapshot: id, config, slots: [] };
    const leaving = config.slots.filter(({ action }) => action === "remove").map(({ slot }) => slot);
    const then = { leaving, knows: !changesReleases(config) };
    const slots = await this.options.slots.planRestore(record.slots, then);
    const bytes = new Map(record.slots.map((one) => [one.slot, stateBytes(one)]));
    return {
      snapshot: id,
      config,
      slots: slots.map((one) => ({ ...one, stateBytes: bytes.get(one.slot) ?? 0 })),
    };
  }

  #pin({ id, document }: SnapshotRecord, actor: string) {
    return this.options.control.pinnedTo(document as FullConfig, { snapshot: id, actor });
  }
}
