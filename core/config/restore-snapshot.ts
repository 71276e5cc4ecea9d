/**
 * Goes back to a snapshot, or says what that would do.
 *
 * A restore applies and pins the config of the snapshot, then swaps each slot to the binding of then, with the state of then
 * instead of what serves. So a slot whose config differs as well is loaded twice. A slot that runs as it did, and has no
 * state, is left alone. A config names ranges of versions, and newer ones may be there by now: the bindings that serve after
 * the restore are pinned as well, so that the next start has the same.
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
import { type EntryBinding, withBindings } from "./chosen-bindings.ts";
import type { ConfigControl } from "./control.ts";
import type { FullConfig } from "./layers/mod.ts";
import { changesReleases, type RunningSlots } from "./plan.ts";
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
  running: RunningSlots;
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
    const ask = { cause: "restore", actor } as const;
    const config = await control.ask({ ...ask, next: this.#pin(record, actor) });
    const restored = await slots.restoreSlots(record.slots);
    const document = this.#exact(record);
    const pinned =
      document &&
      (await control.ask({ ...ask, next: this.#pin({ ...record, document }, actor), patient: true }));
    return { snapshot: id, before: before.id, config: pinned ?? config, ...restored };
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

  /**
   * @returns the config of a snapshot with the bindings that serve again, where it would lead to others; undefined: it leads to
   *   all of them
   */
  #exact({ document, slots }: SnapshotRecord): FullConfig | undefined {
    const config = document as FullConfig;
    const differing = slots.flatMap(({ slot, binding }): [string, EntryBinding][] => {
      if (!binding || this.#runs(config, slot)) return [];
      return this.#runs(withBindings(config, new Map([[slot, binding]])), slot) ? [[slot, binding]] : [];
    });
    return differing.length > 0 ? withBindings(config, new Map(differing)) : undefined;
  }

  /** @returns whether a slot runs what a config says of it */
  #runs({ voices, sinks }: FullConfig, slot: string): boolean {
    const name = slot.slice(slot.indexOf(".") + 1);
    const [voice, sink] = slot.startsWith("voices.") ? [voices[name]] : [undefined, sinks[name]];
    const { running } = this.options;
    if (voice) return running.need({ slot, kind: "voice", after: voice }) === "runs";
    return sink !== undefined && running.need({ slot, kind: "sink", after: sink }) === "runs";
  }

  #pin({ id, document }: Pick<SnapshotRecord, "id" | "document">, actor: string) {
    return this.options.control.pinnedTo(document as FullConfig, { snapshot: id, actor });
  }
}
