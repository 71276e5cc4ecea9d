import { createParser } from "eventsource-parser";
import type { EngineEvent } from "../../schemas/generated/event.ts";
import type { EngineClient } from "./engine-client.ts";
import type { EngineError } from "./request.ts";

/** Waits between attempts to connect, in ms: the first, and the longest, after doubling. */
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 10_000;
/** The engine says something every 15 s; a line that is silent for longer than this is dead, in ms. */
const SILENCE_MS = 40_000;

export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "connected" }
  /** `retryMs`: from the moment that it is told until the next attempt. */
  | { readonly state: "lost"; readonly error: EngineError; readonly retryMs: number };

export interface EventListener {
  connection(connection: Connection): void;
  /** @param past whether it happened before the first connection */
  event(event: EngineEvent, past: boolean): void;
}

/**
 * Follows what happens in the engine, across connections that break, until it is stopped.
 *
 * @param past how many events before now are told first, at most
 * @param signal stops it
 */
export async function followEvents(
  client: EngineClient,
  listener: EventListener,
  past: number,
  signal: AbortSignal,
): Promise<void> {
  /** The last event that is known; undefined before the first connection. */
  let known: number | undefined;
  /** The newest that had happened when the first connection was made. */
  let begin = Infinity;
  for (let waitMs = FIRST_WAIT_MS; !signal.aborted;) {
    listener.connection({ state: "connecting" });
    const error = await followOnce(client, known, signal, {
      connected() {
        waitMs = FIRST_WAIT_MS;
        if (known !== undefined) listener.connection({ state: "connected" });
      },
      id(id) {
        if (known === undefined) begin = id;
        // Another journal, whose events are counted anew: all that it tells is news.
        else if (id < known) begin = -Infinity;
        // The first connection only asks where the stream is; the second begins so many before.
        const isFirst = known === undefined;
        known = isFirst ? Math.max(0, id - past) : id;
        return !isFirst;
      },
      event: (event) => listener.event(event, event.id <= begin),
    });
    if (error === "again" || signal.aborted) continue;
    // Half of it by chance, so that many screens do not all come back at the same moment.
    const retryMs = waitMs * (0.5 + Math.random() / 2);
    waitMs = Math.min(waitMs * 2, MAX_WAIT_MS);
    listener.connection({ state: "lost", error, retryMs });
    await waited(retryMs, signal);
  }
}

interface Reader {
  connected(): void;
  /** @returns whether to read on */
  id(id: number): boolean;
  event(event: EngineEvent): void;
}

/** @returns why the connection ended; again: as the reader wanted */
async function followOnce(
  client: EngineClient,
  known: number | undefined,
  signal: AbortSignal,
  reader: Reader,
): Promise<EngineError | "again"> {
  const silence = new AbortController();
  const watch = setTimeout(() => silence.abort(), SILENCE_MS);
  const headers: Record<string, string> = known === undefined ? {} : { "Last-Event-ID": String(known) };
  try {
    const opened = await client.open("/control/events", {
      headers,
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (!opened.ok) return opened.error;
    reader.connected();
    let enough = false;
    const parser = createParser({
      onId: (id) => (enough ||= !reader.id(Number(id))),
      onEvent: ({ data }) => reader.event(JSON.parse(data) as EngineEvent),
    });
    const decoder = new TextDecoder();
    for await (const bytes of (opened.value.body ?? []) as AsyncIterable<Uint8Array>) {
      watch.refresh();
      parser.feed(decoder.decode(bytes, { stream: true }));
      if (enough) return "again";
    }
    return gone(client, "it closed the stream of events");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return gone(client, silence.signal.aborted ? "it has been silent for too long" : why);
  } finally {
    clearTimeout(watch);
  }
}

function gone({ address }: EngineClient, why: string): EngineError {
  return { code: "unreachable", message: `The engine at ${address.url} is gone: ${why}`, details: [] };
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
