/**
 * The records of swaps.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { StageEntry, SwapRecord } from "../../schemas/generated/swap.ts";
import { objectOf, RowReader } from "./row-reader.ts";
import type { JournalWriter } from "./writer.ts";

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
  actor: string | null;
  rolled_back_by: SwapRecord["rolledBackBy"] | null;
  canary: string | null;
  config: string | null;
}

interface StageRow {
  stage: StageEntry["stage"];
  at: string;
  elapsed_ms: number;
  detail: string | null;
}

export interface SwapQuery {
  slot?: string;
  /** Id of a swap. Only older swaps are returned. */
  before?: string;
  /** Maximum number of swaps. */
  limit: number;
}

/**
 * How many finished swaps to keep in memory while the disk is not writable. Each has about 2 kB. Then the oldest is
 * dropped.
 */
const MAX_UNWRITTEN = 1_000;

const TABLE = { table: "swaps", key: "id" } as const;

export class SwapJournal {
  /** Swaps that could not be written, by id, in their newest form. */
  readonly #unwritten = new Map<string, SwapRecord>();

  /** @param mostUnwritten how many finished swaps to keep in memory while the disk is not writable */
  constructor(
    private readonly database: Database,
    private readonly writer: JournalWriter,
    private readonly rows = new RowReader(database),
    private readonly mostUnwritten = MAX_UNWRITTEN,
  ) {
    writer.keeps(() => this.#catchUp());
  }

  /**
   * Writes a new record.
   *
   * @param whenUnwritable keep: the swap continues, and the record is written when the disk is writable again
   * @throws SyrinxError journal-unwritable with `refuse`; nothing of the record is then kept
   */
  beginSwap(record: SwapRecord, whenUnwritable: "refuse" | "keep" = "refuse"): void {
    const written = this.writer.catchUp() && this.writer.write(() => this.#insert(record));
    if (written) return;
    if (whenUnwritable === "refuse" && this.writer.refuses) throw this.writer.unwritable();
    this.#keep(record);
  }

  addStage(record: SwapRecord, entry: StageEntry): void {
    this.#write(record, () => {
      this.#insertStage(record.id, entry);
      this.database
        .query("UPDATE swaps SET stage = $stage, generation = $generation WHERE id = $id")
        .run({ id: record.id, stage: entry.stage, generation: record.generation ?? null });
    });
  }

  /** Writes the detail of an existing stage. */
  detailStage(record: SwapRecord, { stage, detail }: StageEntry): void {
    this.#write(record, () =>
      this.database
        .query("UPDATE swap_stages SET detail = $detail WHERE swap = $id AND stage = $stage")
        .run({ id: record.id, stage, detail: detail ?? null }),
    );
  }

  /** Writes which binding served when the swap began. */
  setFrom(record: SwapRecord): void {
    this.#write(record, () =>
      this.database
        .query("UPDATE swaps SET from_binding = $from WHERE id = $id")
        .run({ id: record.id, from: jsonOf(record.from) }),
    );
  }

  /** Writes what the trial of the canary has seen so far. */
  setCanary(record: SwapRecord): void {
    this.#write(record, () =>
      this.database
        .query("UPDATE swaps SET canary = $canary WHERE id = $id")
        .run({ id: record.id, canary: jsonOf(record.canary) }),
    );
  }

  /** Writes the number of utterances that the next generation took over. */
  addMoved(record: SwapRecord): void {
    this.#write(record, () =>
      this.database
        .query("UPDATE swaps SET moved = $moved WHERE id = $id")
        .run({ id: record.id, moved: record.moved ?? null }),
    );
  }

  /** Writes how a swap ended. */
  endSwap(record: SwapRecord): void {
    const { id, stage, endedAt, error, rolledBackBy, config } = record;
    this.#write(record, () =>
      this.database
        .query(
          `UPDATE swaps SET stage = $stage, ended_at = $endedAt, error = $error, rolled_back_by = $rolledBackBy,
           config = $config WHERE id = $id`,
        )
        .run({
          id,
          stage,
          endedAt: endedAt ?? null,
          error: jsonOf(error),
          rolledBackBy: rolledBackBy ?? null,
          config: jsonOf(config),
        }),
    );
  }

  /** Marks swaps that a crash of the engine interrupted. @returns them */
  interruptOpenSwaps(now: string): SwapRecord[] {
    const rows = this.database
      .query<SwapRow, []>("SELECT * FROM swaps WHERE ended_at IS NULL ORDER BY id")
      .all();
    const open = this.rows
      .readAll(TABLE, rows, (row) => this.#record(row))
      .map((record): SwapRecord => ({ ...record, stage: "interrupted", endedAt: now }));
    for (const record of open) this.endSwap(record);
    return open;
  }

  swap(id: string): SwapRecord | undefined {
    const unwritten = this.#unwritten.get(id);
    if (unwritten) return unwritten;
    const row = this.database
      .query<SwapRow, { id: string }>("SELECT * FROM swaps WHERE id = $id")
      .get({ id });
    return row ? this.rows.read(TABLE, row, () => this.#record(row)) : undefined;
  }

  /** @returns swaps, newest first, including those that could not be written yet */
  swaps({ slot, before, limit }: SwapQuery): SwapRecord[] {
    const unwritten = [...this.#unwritten.values()].filter(
      (record) =>
        (slot === undefined || record.slot === slot) && (before === undefined || record.id < before),
    );
    const rows = this.database
      .query<SwapRow, { slot: string | null; before: string | null; limit: number }>(
        `SELECT * FROM swaps WHERE ($slot IS NULL OR slot = $slot) AND ($before IS NULL OR id < $before)
         ORDER BY id DESC LIMIT $limit`,
      )
      .all({ slot: slot ?? null, before: before ?? null, limit })
      .filter(({ id }) => !this.#unwritten.has(id));
    const written = this.rows.readAll(TABLE, rows, (row) => this.#record(row));
    // Ids grow with time (UUID version 7).
    return [...unwritten, ...written].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
  }

  #write(record: SwapRecord, work: () => void): void {
    if (!this.writer.write(work)) this.#keep(record);
  }

  #keep(record: SwapRecord): void {
    this.#unwritten.set(record.id, record);
    const over = [...this.#unwritten.values()].filter(({ endedAt }) => endedAt !== undefined);
    if (over.length > this.mostUnwritten) this.#unwritten.delete(over[0]!.id);
  }

  #catchUp(): void {
    for (const [id, record] of this.#unwritten) {
      if (!this.writer.write(() => this.#replace(record))) return;
      this.#unwritten.delete(id);
    }
  }

  #insert(record: SwapRecord): void {
    const { id, slot, reason, strategy, actor, from, to, stage, startedAt, rolledBackBy, config } = record;
    this.database
      .query(
        `INSERT INTO swaps
           (id, slot, reason, strategy, actor, from_binding, to_binding, stage, started_at, rolled_back_by, config)
         VALUES
           ($id, $slot, $reason, $strategy, $actor, $from, $to, $stage, $startedAt, $rolledBackBy, $config)`,
      )
      .run({
        id,
        slot,
        reason,
        strategy: strategy ?? null,
        actor: actor ?? null,
        from: jsonOf(from),
        to: JSON.stringify(to),
        stage,
        startedAt,
        rolledBackBy: rolledBackBy ?? null,
        config: jsonOf(config),
      });
  }

  #insertStage(swap: string, { stage, at, elapsedMs, detail }: StageEntry): void {
    this.database
      .query(
        "INSERT INTO swap_stages (swap, stage, at, elapsed_ms, detail) VALUES ($swap, $stage, $at, $elapsedMs, $detail)",
      )
      .run({ swap, stage, at, elapsedMs, detail: detail ?? null });
  }

  /** Writes a whole record, and replaces what the journal has of it. */
  #replace(record: SwapRecord): void {
    const { id, stage, stages, generation, moved, endedAt, error, canary } = record;
    this.database.query("DELETE FROM swaps WHERE id = $id").run({ id });
    this.#insert(record);
    for (const entry of stages) this.#insertStage(id, entry);
    this.database
      .query(
        `UPDATE swaps SET stage = $stage, generation = $generation, moved = $moved, ended_at = $endedAt, error = $error,
         canary = $canary WHERE id = $id`,
      )
      .run({
        id,
        stage,
        generation: generation ?? null,
        moved: moved ?? null,
        endedAt: endedAt ?? null,
        error: jsonOf(error),
        canary: jsonOf(canary),
      });
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
      ...(row.actor !== null && { actor: row.actor }),
      from: row.from_binding ? objectOf(row.from_binding) : null,
      to: row.to_binding === "null" ? null : objectOf(row.to_binding),
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
      ...(row.error !== null && { error: objectOf(row.error) }),
      ...(row.rolled_back_by !== null && { rolledBackBy: row.rolled_back_by }),
      ...(row.canary !== null && { canary: objectOf(row.canary) }),
      ...(row.moved !== null && { moved: row.moved }),
      ...(row.config !== null && { config: objectOf(row.config) }),
    };
  }
}

function jsonOf(value: object | null | undefined): string | null {
  return value ? JSON.stringify(value) : null;
}
