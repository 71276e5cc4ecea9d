/**
 * The events of the journal: what happened, numbered, so that a reader who was away can go on where it was.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import type { ConfigEvent, EngineEvent, SlotEvent, SwapEvent } from "../../schemas/generated/event.ts";

/** How many of the newest events are kept. */
const KEEP = 10_000;

type Unnumbered<Event> = Event extends unknown ? Omit<Event, "id" | "at"> : never;

/** An event before it is written down. */
export type EventBody = Unnumbered<SwapEvent | SlotEvent | ConfigEvent>;

/** Takes note of something that has happened. It never throws. */
export type Report = (event: EventBody) => void;

interface EventRow {
  id: number;
  at: string;
  body: string;
}

export interface EventQuery {
  slot?: string;
  /** Most that are wanted. */
  limit: number;
}

export class EventJournal {
  readonly #listeners = new Set<() => void>();
  #dismissed = false;

  /** @param keep how many of the newest events are kept */
  constructor(
    private readonly database: Database,
    private readonly keep = KEEP,
  ) {}

  /**
   * Writes an event down, forgets the oldest if there are too many, and tells the subscribers.
   *
   * @param at RFC 3339
   */
  append(event: EventBody, at: string): void {
    this.database
      .transaction(() => {
        const { lastInsertRowid } = this.database
          .query("INSERT INTO events (at, slot, body) VALUES ($at, $slot, $body)")
          .run({ at, slot: "slot" in event ? event.slot : null, body: JSON.stringify(event) });
        this.database
          .query("DELETE FROM events WHERE id <= $last")
          .run({ last: Number(lastInsertRowid) - this.keep });
      })
      .immediate();
    this.#tell();
  }

  /** @returns the events that came after one, the oldest first */
  after(id: number, { slot, limit }: EventQuery): EngineEvent[] {
    return this.database
      .query<EventRow, { id: number; slot: string | null; limit: number }>(
        `SELECT id, at, body FROM events WHERE id > $id AND ($slot IS NULL OR slot = $slot)
         ORDER BY id LIMIT $limit`,
      )
      .all({ id, slot: slot ?? null, limit })
      .map(({ id: own, at, body }) => ({ id: own, at, ...JSON.parse(body) }) as EngineEvent);
  }

  /** Ids of the oldest event that is kept and of the newest; 1 and 0: there is none. */
  get range(): { oldest: number; newest: number } {
    return this.database
      .query<{ oldest: number; newest: number }, []>(
        "SELECT ifnull((SELECT min(id) FROM events), 1) oldest, ifnull((SELECT max(id) FROM events), 0) newest",
      )
      .get()!;
  }

  /**
   * @param listener called when there is a new event, and when the subscribers are dismissed
   * @returns what ends it
   */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get subscribers(): number {
    return this.#listeners.size;
  }

  /** Sends the subscribers away, and those that come later, as the engine stops. Events are written down all the same. */
  dismiss(): void {
    this.#dismissed = true;
    this.#tell();
  }

  get dismissed(): boolean {
    return this.#dismissed;
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
