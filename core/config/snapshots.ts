/**
 * Snapshots: the config, the exact binding of each voice and sink, and the state of their plugins, to come back to.
 *
 * @module
 */
import type { SlotRecord, SnapshotList, SnapshotRecord, SnapshotView } from "../../schemas/generated/api.ts";
import type { Clock } from "../clock.ts";
import { SyrinxError } from "../errors.ts";
import type { SnapshotJournal } from "../journal/mod.ts";
import type { FullConfig } from "./layers/mod.ts";

export interface SnapshotsOptions {
  /** What is active; its config is null until something was applied. */
  store: { readonly version: number; readonly config: FullConfig | null };
  /** Records what fills each slot, and the state of its plugin. */
  slots: { record(): Promise<SlotRecord[]> };
  journal: Pick<SnapshotJournal, "write" | "get" | "all">;
  clock: Clock;
}

export class Snapshots {
  constructor(private readonly options: SnapshotsOptions) {}

  /** @throws SyrinxError journal-unwritable */
  async take(
    reason: SnapshotRecord["reason"],
    { actor, name }: { actor: string; name?: string },
  ): Promise<SnapshotView> {
    const { store, slots, journal, clock } = this.options;
    const { version, config } = store;
    const record: SnapshotRecord = {
      id: Bun.randomUUIDv7(),
      at: new Date(clock.now()).toISOString(),
      ...(name !== undefined && { name }),
      reason,
      actor,
      version,
      document: config as FullConfig,
      slots: await slots.record(),
    };
    journal.write(record);
    return viewOf(record);
  }

  list(): SnapshotList {
    return { snapshots: this.options.journal.all().map(viewOf) };
  }

  /** @throws SyrinxError snapshot-not-found */
  find(id: string): SnapshotRecord {
    const record = this.options.journal.get(id);
    if (record) return record;
    throw new SyrinxError("snapshot-not-found", `There is no snapshot "${id}". It may have been deleted`);
  }
}

/** @returns the size of a slot's recorded state as JSON, in bytes; 0: there is none */
export function stateBytes({ state }: SlotRecord): number {
  return state === undefined ? 0 : Buffer.byteLength(JSON.stringify(state));
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
