import { createParser } from "eventsource-parser";

/** One event; `data` is empty if only the id was told. */
export interface ServerSentEvent {
  id?: string;
  event?: string;
  data: string;
}

/**
 * Reads Server-Sent Events (HTML standard §9.2).
 *
 * @param body bytes of text/event-stream
 * @returns the events, and each id that was sent without an event. An event that is cut off is left out
 */
export async function* serverSentEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let blocks: ServerSentEvent[] = [];
  const parser = createParser({
    // The parser tells the id of an event twice: alone, and right after that with the event.
    onId: (id) => blocks.push({ id, data: "" }),
    onEvent: ({ id, event, data }) => {
      if (id !== undefined) blocks.pop();
      blocks.push({ ...(id !== undefined && { id }), ...(event !== undefined && { event }), data });
    },
  });
  for await (const bytes of body) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    yield* blocks;
    blocks = [];
  }
}
