/**
 * Reads Server-Sent Events (HTML standard §9.2), as far as the engine writes them: lines end with a line feed.
 *
 * @module
 */

/** One event; `data` is empty if only the id was told. */
export interface ServerSentEvent {
  id?: string;
  event?: string;
  data: string;
}

/** @returns the events of a body of text/event-stream; an event that is cut off is left out */
export async function* serverSentEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of body) {
    const blocks = (rest + decoder.decode(bytes, { stream: true })).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) yield parse(block);
  }
}

function parse(block: string): ServerSentEvent {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const [, name = "", value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    fields.set(name, name === "data" && fields.has(name) ? `${fields.get(name)}\n${value}` : value);
  }
  const [id, event] = [fields.get("id"), fields.get("event")];
  return {
    ...(id !== undefined && { id }),
    ...(event !== undefined && { event }),
    data: fields.get("data") ?? "",
  };
}
