/**
 * The events of the journal. They are numbered, so that a reader can resume after the last one that it read.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type {
  ConfigEvent,
  EngineEvent,
  RefusalEvent,
  SlotEvent,
  SwapEvent,
} from "../../schemas/generated/event.ts";
import { objectOf, RowReader } from "./row-reader.ts";
import type { JournalWriter } from "./writer.ts";

/** How many of the newest events to keep. */
const KEEP = 10_000;
/** How many of the newest events to keep in memory while the disk is not writable. Each has up to 3 kB. */
const MAX_UNWRITTEN = 1_000;

type Unnumbered<Event> = Event extends unknown ? Omit<Event, "id" | "at"> : never;

/** An event before it is written. */
export type EventBody = Unnumbered<SwapEvent | SlotEvent | ConfigEvent | RefusalEvent>;

/** Records an event. It never throws. */
export type Report = (event: EventBody) => void;

interface EventRow {
  id: number;
  at: string;
  slot: string | null;
  body: string;
}

export interface EventQuery {
  slot?: string;
  /** Maximum number of events. */
  limit: number;
}

const TABLE = { table: "events", key: "id" } as const;

export class EventJournal {
  readonly #listeners = new Set<() => void>();
  /** Events that could not be written, oldest first. Their ids follow those of the written ones. */
  readonly #unwritten: EventRow[] = [];
  /** Readers see no events before this one, because some of them were dropped unwritten. */
  #forgottenBefore = 0;
  #dismissed = false;

  /**
   * @param keep how many of the newest events to keep
   * @param mostUnwritten how many of them to keep in memory while the disk is not writable
   */
  constructor(
    private readonly database: Database,
    private readonly writer: JournalWriter,
    private readonly rows = new RowReader(database),
    private readonly keep = KEEP,
    private readonly mostUnwritten = MAX_UNWRITTEN,
  ) {
    writer.keeps(() => this.#catchUp());
  }

  /**
   * Writes an event, deletes the oldest if there are too many, and notifies the subscribers.
   *
   * @param at RFC 3339
   */
  append(event: EventBody, at: string): void {
    const id = this.range.newest + 1;
    const row = { id, at, slot: "slot" in event ? event.slot : null, body: JSON.stringify(event) };
    if (!this.writer.write(() => this.#insert(row))) this.#keep(row);
    this.#tell();
  }

  /** @returns the events after `id`, oldest first, including those that could not be written yet */
  after(id: number, { slot, limit }: EventQuery): EngineEvent[] {
    const written = this.database
      .query<EventRow, { id: number; slot: string | null; limit: number }>(
        `SELECT id, at, slot, body FROM events WHERE id > $id AND ($slot IS NULL OR slot = $slot)
         ORDER BY id LIMIT $limit`,
      )
      .all({ id: Math.max(id, this.#forgottenBefore - 1), slot: slot ?? null, limit });
    const unwritten = this.#unwritten.filter(
      (row) => row.id > id && (slot === undefined || row.slot === slot),
    );
    return this.rows.readAll(TABLE, [...written, ...unwritten].slice(0, limit), eventOf);
  }

  /** Ids of the oldest and the newest event. 1 and 0 if there are none. */
  get range(): { oldest: number; newest: number } {
    const { oldest, newest } = this.database
      .query<{ oldest: number; newest: number }, []>(
        "SELECT ifnull((SELECT min(id) FROM events), 1) oldest, ifnull((SELECT max(id) FROM events), 0) newest",
      )
      .get()!;
    return {
      oldest: Math.max(oldest, this.#forgottenBefore),
      newest: this.#unwritten.at(-1)?.id ?? newest,
    };
  }

  /**
   * @param listener called when there is a new event, and when the subscribers are dismissed
   * @returns a function that ends the subscription
   */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get subscribers(): number {
    return this.#listeners.size;
  }

  /** Ends all subscriptions, and those that begin later, because the engine stops. Events are still written. */
  dismiss(): void {
    this.#dismissed = true;
    this.#tell();
  }

  get dismissed(): boolean {
    return this.#dismissed;
  }

  #insert({ id, at, slot, body }: EventRow): void {
    this.database
      .query("INSERT INTO events (id, at, slot, body) VALUES ($id, $at, $slot, $body)")
      .run({ id, at, slot, body });
    const before = Math.max(this.#forgottenBefore, id - this.keep + 1);
    this.database.query("DELETE FROM events WHERE id < $before").run({ before });
  }

  #keep(row: EventRow): void {
    this.#unwritten.push(row);
    if (this.#unwritten.length <= this.mostUnwritten) return;
    this.#unwritten.shift();
    this.#forgottenBefore = this.#unwritten[0]!.id;
  }

  #catchUp(): void {
    for (let row = this.#unwritten[0]; row; row = this.#unwritten[0]) {
      if (!this.writer.write(() => this.#insert(row))) return;
      this.#unwritten.shift();
    }
    this.#forgottenBefore = 0;
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function eventOf({ id, at, body }: EventRow): EngineEvent {
  return { id, at, ...objectOf<EventBody>(body) } as EngineEvent;
}
