/**
 * Server-Sent Events from the journal. A stream stores no events, only the id of the last one that it sent. It reads
 * the journal as fast as its reader reads the stream, so a slow reader needs no memory.
 *
 * @module
 */
import type { EngineEvent } from "../../schemas/generated/event.ts";
import type { Clock } from "../clock.ts";
import type { EventJournal } from "../journal/mod.ts";

/**
 * Time without events after which a comment is sent, in ms. It is shorter than the time after which proxies close an
 * idle connection.
 */
export const HEARTBEAT_MS = 15_000;
/** Time that a browser waits before it reconnects, in ms. */
const RETRY_MS = 1_000;
/** Events per read of the journal. */
const BATCH = 50;

export interface EventStreamOptions {
  events: EventJournal;
  clock: Clock;
  /** Id of the last event that the reader has. */
  after: number;
  /** Only events of this slot. */
  slot?: string;
  /** Whether the reader may still read. Called for each event, because a config event can change it. */
  mayRead(): boolean;
  /** Called when the stream must end, because its reader may not read the rest. */
  ending?(): void;
}

/**
 * @returns events as UTF-8 text/event-stream, until the reader cancels or loses its right to read, or the journal
 *   dismisses it
 */
export function eventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  return new ReadableStream(new EventStream(options), { highWaterMark: 0 });
}

class EventStream {
  #cursor: number;
  #leave: (() => void) | undefined;
  /** Ends the wait for an event, if the stream waits. */
  #wake: (() => void) | undefined;

  constructor(private readonly options: EventStreamOptions) {
    this.#cursor = options.after;
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const text = this.#leave ? await this.#next() : this.#open();
    // Cancelled during the wait.
    if (!this.#leave) return;
    if (text === undefined) {
      this.cancel();
      return controller.close();
    }
    controller.enqueue(new TextEncoder().encode(text));
  }

  cancel(): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#wake?.();
  }

  /** The first block has the id, so that a reader can resume even if it is disconnected before the first event. */
  #open(): string {
    const { events, ending } = this.options;
    this.#leave = events.subscribe(() => {
      if (this.#isOver) ending?.();
      this.#wake?.();
    });
    return `retry: ${RETRY_MS}\nid: ${this.#cursor}\n\n`;
  }

  /** @returns the next block; undefined at the end */
  async #next(): Promise<string | undefined> {
    while (this.#leave && !this.#isOver) {
      const text = this.#read().map(block).join("");
      if (text) return text;
      if (await this.#isQuiet()) return `id: ${this.#cursor}\n: still here\n\n`;
    }
    return undefined;
  }

  get #isOver(): boolean {
    const { events, mayRead } = this.options;
    return events.dismissed || !mayRead();
  }

  #read(): EngineEvent[] {
    const { events, clock, slot } = this.options;
    const { oldest, newest } = events.range;
    const after = this.#cursor;
    // An id from the future belongs to another journal.
    if (after + 1 < oldest || after > newest) {
      this.#cursor = oldest - 1;
      return [{ id: this.#cursor, at: new Date(clock.now()).toISOString(), kind: "gap", after }];
    }
    const batch = events.after(after, { limit: BATCH, ...(slot !== undefined && { slot }) });
    this.#cursor = batch.at(-1)?.id ?? newest;
    return batch;
  }

  /** Waits for an event. @returns whether the wait ended without one, so that a heartbeat is due */
  async #isQuiet(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = this.options.clock.after(HEARTBEAT_MS, () => resolve(true));
    this.#wake = () => resolve(false);
    const quiet = await promise;
    this.#wake = undefined;
    timer.cancel();
    return quiet;
  }
}

function block(event: EngineEvent): string {
  return `event: ${event.kind}\nid: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;
}
