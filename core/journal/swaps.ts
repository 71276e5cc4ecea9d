/**
 * The swaps of the journal.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { StageEntry, SwapRecord } from "../../schemas/generated/swap.ts";

interface SwapRow {
  id: string;
  slot: string;
  reason: SwapRecord["reason"];
  strategy: SwapRecord["strategy"] | null;
  from_binding: string | null;
  to_binding: string;
  generation: number | null;
  stage: SwapRecord["stage"];
  started_at: string;
  ended_at: string | null;
  error: string | null;
  moved: number | null;
}

interface StageRow {
  stage: StageEntry["stage"];
  at: string;
  elapsed_ms: number;
  detail: string | null;
}

export interface SwapQuery {
  slot?: string;
  /** Id of a swap; only older ones are wanted. */
  before?: string;
  /** Most that are wanted. */
  limit: number;
}

export class SwapJournal {
  constructor(private readonly database: Database) {}

  beginSwap(record: SwapRecord): void {
    this.database
      .query(
        `INSERT INTO swaps (id, slot, reason, strategy, from_binding, to_binding, stage, started_at)
         VALUES ($id, $slot, $reason, $strategy, $from, $to, $stage, $startedAt)`,
      )
      .run({
        id: record.id,
        slot: record.slot,
        reason: record.reason,
        strategy: record.strategy ?? null,
        from: record.from ? JSON.stringify(record.from) : null,
        to: JSON.stringify(record.to),
        stage: record.stage,
        startedAt: record.startedAt,
      });
  }

  addStage(record: SwapRecord, { stage, at, elapsedMs, detail }: StageEntry): void {
    this.database
      .transaction(() => {
        this.database
          .query(
            "INSERT INTO swap_stages (swap, stage, at, elapsed_ms, detail) VALUES ($swap, $stage, $at, $elapsedMs, $detail)",
          )
          .run({ swap: record.id, stage, at, elapsedMs, detail: detail ?? null });
        this.database
          .query("UPDATE swaps SET stage = $stage, generation = $generation WHERE id = $id")
          .run({ id: record.id, stage, generation: record.generation ?? null });
      })
      .immediate();
  }

  /** Writes down the detail of a stage that is there already. */
  detailStage({ id }: SwapRecord, { stage, detail }: StageEntry): void {
    this.database
      .query("UPDATE swap_stages SET detail = $detail WHERE swap = $id AND stage = $stage")
      .run({ id, stage, detail: detail ?? null });
  }

  /** Counts one more utterance that went over from the generation that the swap has replaced. */
  addMoved(id: string): void {
    this.database.query("UPDATE swaps SET moved = ifnull(moved, 0) + 1 WHERE id = $id").run({ id });
  }

  endSwap({ id, endedAt, error }: SwapRecord): void {
    this.database
      .query("UPDATE swaps SET ended_at = $endedAt, error = $error WHERE id = $id")
      .run({ id, endedAt: endedAt ?? null, error: error ? JSON.stringify(error) : null });
  }

  /** Marks swaps that a crash of the engine cut short. @returns these */
  interruptOpenSwaps(now: string): SwapRecord[] {
    return this.database
      .query<SwapRow, { now: string }>(
        "UPDATE swaps SET stage = 'interrupted', ended_at = $now WHERE ended_at IS NULL RETURNING *",
      )
      .all({ now })
      .map((row) => this.#record(row));
  }

  swap(id: string): SwapRecord | undefined {
    const row = this.database
      .query<SwapRow, { id: string }>("SELECT * FROM swaps WHERE id = $id")
      .get({ id });
    return row ? this.#record(row) : undefined;
  }

  /** @returns the newest first */
  swaps({ slot, before, limit }: SwapQuery): SwapRecord[] {
    return this.database
      .query<SwapRow, { slot: string | null; before: string | null; limit: number }>(
        `SELECT * FROM swaps WHERE ($slot IS NULL OR slot = $slot) AND ($before IS NULL OR id < $before)
         ORDER BY id DESC LIMIT $limit`,
      )
      .all({ slot: slot ?? null, before: before ?? null, limit })
      .map((row) => this.#record(row));
  }

  #record(row: SwapRow): SwapRecord {
    const stages = this.database
      .query<StageRow, { id: string }>(
        "SELECT stage, at, elapsed_ms, detail FROM swap_stages WHERE swap = $id ORDER BY rowid",
      )
      .all({ id: row.id });
    return {
      id: row.id,
      slot: row.slot,
      reason: row.reason,
      ...(row.strategy !== null && { strategy: row.strategy }),
      from: row.from_binding ? JSON.parse(row.from_binding) : null,
      to: JSON.parse(row.to_binding),
      ...(row.generation !== null && { generation: row.generation }),
      stage: row.stage,
      stages: stages.map(({ stage, at, elapsed_ms, detail }) => ({
        stage,
        at,
        elapsedMs: elapsed_ms,
        ...(detail !== null && { detail }),
      })),
      startedAt: row.started_at,
      ...(row.ended_at !== null && { endedAt: row.ended_at }),
      ...(row.error !== null && { error: JSON.parse(row.error) }),
      ...(row.moved !== null && { moved: row.moved }),
    };
  }
}
