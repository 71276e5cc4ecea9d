/**
 * Server-Sent Events out of the journal. A stream holds no events, only the id of the last one that it sent: it reads the
 * journal as fast as its reader takes them, so a slow reader costs no memory.
 *
 * @module
 */
import type { EngineEvent } from "../../schemas/generated/event.ts";
import type { Clock } from "../clock.ts";
import type { EventJournal } from "../journal/mod.ts";

/** Silence after which a comment is sent, in ms: less than any proxy waits before it takes a connection for dead. */
export const HEARTBEAT_MS = 15_000;
/** How long a browser waits before it connects again, in ms. */
const RETRY_MS = 1_000;
/** Events that are read at once. */
const BATCH = 50;

export interface EventStreamOptions {
  events: EventJournal;
  clock: Clock;
  /** Id of the last event that the reader knows. */
  after: number;
  /** Only events of this slot. */
  slot?: string;
  /** Whether the reader may have what comes next; asked with each event, as it is one that changes that. */
  mayRead(): boolean;
  /** Called when the stream is to end, as its reader may not take what is left. */
  ending?(): void;
}

/**
 * @returns events as they happen, as UTF-8 text/event-stream, until the reader cancels or may read no more, or the journal
 *   dismisses it
 */
export function eventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  return new ReadableStream(new EventStream(options), { highWaterMark: 0 });
}

class EventStream {
  #cursor: number;
  #leave: (() => void) | undefined;
  /** Ends the wait for an event, if one is waited for. */
  #wake: (() => void) | undefined;

  constructor(private readonly options: EventStreamOptions) {
    this.#cursor = options.after;
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const text = this.#leave ? await this.#next() : this.#open();
    // Cancelled meanwhile.
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

  /** The first words: they carry the id, so that a reader who is cut off before the first event resumes as well. */
  #open(): string {
    const { events, ending } = this.options;
    this.#leave = events.subscribe(() => {
      if (this.#isOver) ending?.();
      this.#wake?.();
    });
    return `retry: ${RETRY_MS}\nid: ${this.#cursor}\n\n`;
  }

  /** @returns what is to be sent next; undefined: no more */
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
    // An id that is yet to come is of another journal.
    if (after + 1 < oldest || after > newest) {
      this.#cursor = oldest - 1;
      return [{ id: this.#cursor, at: new Date(clock.now()).toISOString(), kind: "gap", after }];
    }
    const batch = events.after(after, { limit: BATCH, ...(slot !== undefined && { slot }) });
    this.#cursor = batch.at(-1)?.id ?? newest;
    return batch;
  }

  /** Waits for an event. @returns whether none has come for so long that a sign of life is due */
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
