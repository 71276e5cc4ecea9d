/**
 * Reads the event stream of an engine.
 *
 * @module
 */
import { serverSentEvents } from "../../admin/client/server-sent-events.ts";
import type { EngineEvent } from "../../schemas/generated/event.ts";
import { until } from "./until.ts";

export class EventReader implements AsyncDisposable {
  /** Every event so far. */
  readonly events: EngineEvent[] = [];
  /** Id of the last event, or of the place where the stream begins. */
  lastId: number;

  private constructor(
    private readonly blocks: AsyncGenerator<{ id?: string; data: string }>,
    private readonly leaving: AbortController,
    begin: number,
  ) {
    this.lastId = begin;
  }

  /**
   * Resolves once the engine tells of events.
   *
   * @param url of the engine
   * @param after id of the last event that is known; absent: from now on
   * @param token that is shown; absent: none
   */
  static async open(
    url: string,
    { after, slot, token }: { after?: number; slot?: string; token?: string } = {},
  ): Promise<EventReader> {
    const leaving = new AbortController();
    const response = await fetch(`${url}/control/events${slot ? `?slot=${slot}` : ""}`, {
      signal: leaving.signal,
      headers: {
        ...(after !== undefined && { "Last-Event-ID": String(after) }),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
    });
    if (!response.ok) throw new Error(await response.text());
    const blocks = serverSentEvents(response.body as unknown as AsyncIterable<Uint8Array>);
    const first = await blocks.next();
    return new EventReader(blocks, leaving, Number(first.value?.id));
  }

  /** Reads on until an event is as it should be. @returns that one; undefined if the stream has ended before it. @throws Error with the last event after 30 s */
  async until<E extends EngineEvent>(is: (event: EngineEvent) => event is E): Promise<E | undefined>;
  async until(is: (event: EngineEvent) => boolean): Promise<EngineEvent | undefined>;
  async until(is: (event: EngineEvent) => boolean): Promise<EngineEvent | undefined> {
    return until(`an event fits ${is}`, () => this.#next(), {
      is: (event) => event === undefined || is(event),
      next: () => Promise.resolve(),
    });
  }

  /** Goes away, as a client does that is closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.leaving.abort();
    await this.blocks.return(undefined).catch(() => {});
  }

  async #next(): Promise<EngineEvent | undefined> {
    for (;;) {
      const { done, value } = await this.blocks.next();
      if (done) return undefined;
      if (!value.data) continue;
      const event = JSON.parse(value.data) as EngineEvent;
      this.events.push(event);
      this.lastId = event.id;
      return event;
    }
  }
}
