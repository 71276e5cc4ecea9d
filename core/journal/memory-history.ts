/**
 * The measured memory of releases: the estimate for their next load.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import { KeptRecords } from "./kept-records.ts";
import type { JournalWriter } from "./writer.ts";

/** How many measurements to keep in memory while the journal is not writable. */
const MAX_UNWRITTEN = 1_000;

/** Exact releases, and the device on which they run. */
export interface MemoryHistoryKey {
  /** e.g. `piper@1.0.0` */
  plugin: string;
  model?: string;
  /** `cpu`, or a GPU's id. */
  device: string;
}

/** In bytes. */
export interface MeasuredMemory {
  hostBytes: number;
  /** Absent: it used no GPU, or the driver did not report it. */
  gpuBytes?: number;
}

interface MemoryHistoryRow {
  host_bytes: number;
  gpu_bytes: number | null;
}

interface Measurement extends Required<MemoryHistoryKey>, MeasuredMemory {
  /** RFC 3339. */
  at: string;
}

/** Stores the newest measurement for each key. */
export class MemoryHistoryJournal {
  readonly #kept: KeptRecords<string, Measurement>;

  constructor(
    private readonly database: Database,
    writer: JournalWriter,
  ) {
    this.#kept = new KeptRecords(writer, (measurement) => this.#insert(measurement), MAX_UNWRITTEN);
  }

  find(of: MemoryHistoryKey): MeasuredMemory | undefined {
    const unwritten = this.#kept.get(JSON.stringify(keyOf(of)));
    if (unwritten) return measuredOf(unwritten.hostBytes, unwritten.gpuBytes);
    const row = this.database
      .query<MemoryHistoryRow, Required<MemoryHistoryKey>>(
        `SELECT host_bytes, gpu_bytes FROM memory_history
         WHERE plugin = $plugin AND model = $model AND device = $device`,
      )
      .get(keyOf(of));
    return row ? measuredOf(row.host_bytes, row.gpu_bytes ?? undefined) : undefined;
  }

  /** @param at RFC 3339 */
  remember(of: MemoryHistoryKey, measured: MeasuredMemory, at: string): void {
    const key = keyOf(of);
    this.#kept.write(JSON.stringify(key), { ...key, ...measured, at });
  }

  #insert({ plugin, model, device, hostBytes, gpuBytes, at }: Measurement): void {
    this.database
      .query(
        `INSERT OR REPLACE INTO memory_history (plugin, model, device, host_bytes, gpu_bytes, measured_at)
         VALUES ($plugin, $model, $device, $hostBytes, $gpuBytes, $at)`,
      )
      .run({ plugin, model, device, hostBytes, gpuBytes: gpuBytes ?? null, at });
  }
}

function measuredOf(hostBytes: number, gpuBytes: number | undefined): MeasuredMemory {
  return { hostBytes, ...(gpuBytes !== undefined && { gpuBytes }) };
}

/** NULL cannot be part of a key. */
function keyOf({ plugin, model = "", device }: MemoryHistoryKey): Required<MemoryHistoryKey> {
  return { plugin, model, device };
}
