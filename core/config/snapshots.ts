/**
 * Snapshots: taken, listed, and gone back to.
 *
 * @module
 */
import type {
  SlotRecord,
  SnapshotList,
  SnapshotRecord,
  SnapshotRestore,
  SnapshotView,
} from "../../schemas/generated/api.ts";
import type { Clock } from "../clock.ts";
import { SyrinxError } from "../errors.ts";
import type { SnapshotJournal } from "../journal/mod.ts";
import type { ConfigControl } from "./control.ts";
import type { FullConfig } from "./full-config.ts";

export interface SnapshotsOptions {
  control: ConfigControl;
  journal: Pick<SnapshotJournal, "write" | "get" | "all">;
  clock: Clock;
  /** Says what fills each slot, and what it knows. */
  look(): Promise<SlotRecord[]>;
  /** Brings slots back to that; what cannot be is in what it resolves with. */
  bringBack(slots: readonly SlotRecord[]): Promise<Pick<SnapshotRestore, "swaps" | "problems">>;
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
    const { control, journal, bringBack } = this.options;
    const record = journal.get(id);
    if (!record)
      throw new SyrinxError("snapshot-not-found", `There is no snapshot "${id}", or it is forgotten`);
    const before = await this.take("restore", { actor });
    const next = control.pinnedTo(record.document as FullConfig, { snapshot: id, actor });
    const config = await control.ask({ next, cause: "restore", actor });
    return { snapshot: id, before: before.id, config, ...(await bringBack(record.slots)) };
  }
}

function viewOf({ document: _, slots, ...rest }: SnapshotRecord): SnapshotView {
  return {
    ...rest,
    slots: slots.map(({ slot, binding, state, problem }) => ({
      slot,
      binding,
      stateBytes: state === undefined ? 0 : Buffer.byteLength(JSON.stringify(state)),
      ...(problem !== undefined && { problem }),
    })),
  };
}
