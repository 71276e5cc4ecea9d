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
 * @returns the events of a body of text/event-stream, and each place in the stream that was told without one; an event that
 *   is cut off is left out
 */
export async function* serverSentEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let blocks: ServerSentEvent[] = [];
  const parser = createParser({
    // Of an event with data it is told as well, right before the event.
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
