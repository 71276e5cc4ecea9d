/**
 * The measured memory of releases: the estimate for their next load.
 *
 * @module
 */
import type { Database } from "bun:sqlite";

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

/** Stores the newest measurement for each key. */
export class MemoryHistoryJournal {
  constructor(private readonly database: Database) {}

  find(of: MemoryHistoryKey): MeasuredMemory | undefined {
    const row = this.database
      .query<MemoryHistoryRow, Required<MemoryHistoryKey>>(
        `SELECT host_bytes, gpu_bytes FROM memory_history
         WHERE plugin = $plugin AND model = $model AND device = $device`,
      )
      .get(keyOf(of));
    if (!row) return undefined;
    return { hostBytes: row.host_bytes, ...(row.gpu_bytes !== null && { gpuBytes: row.gpu_bytes }) };
  }

  /** @param at RFC 3339 */
  remember(of: MemoryHistoryKey, { hostBytes, gpuBytes }: MeasuredMemory, at: string): void {
    this.database
      .query(
        `INSERT OR REPLACE INTO memory_history (plugin, model, device, host_bytes, gpu_bytes, measured_at)
         VALUES ($plugin, $model, $device, $hostBytes, $gpuBytes, $at)`,
      )
      .run({ ...keyOf(of), hostBytes, gpuBytes: gpuBytes ?? null, at });
  }
}

/** NULL cannot be part of a key. */
function keyOf({ plugin, model = "", device }: MemoryHistoryKey): Required<MemoryHistoryKey> {
  return { plugin, model, device };
}
