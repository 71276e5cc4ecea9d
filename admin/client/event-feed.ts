import type { EngineEvent } from "../../schemas/generated/event.ts";
import { bytesOf, type EngineClient } from "./engine-client.ts";
import type { EngineError } from "./request.ts";
import { serverSentEvents } from "./server-sent-events.ts";

/** Waits between attempts to connect, in ms: the first, and the longest. Each is twice the one before. */
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 10_000;
/** The engine sends something every 15 s. A connection that is silent for longer than this is dead, in ms. */
const SILENCE_MS = 40_000;

export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "connected" }
  /** `retryMs`: from now until the next attempt. */
  | { readonly state: "lost"; readonly error: EngineError; readonly retryMs: number };

export interface EventListener {
  connection(connection: Connection): void;
  /** @param past whether it happened before the first connection */
  event(event: EngineEvent, past: boolean): void;
}

export interface FeedOptions {
  /** How many events before now are told first, at most. */
  readonly past: number;
  /** Only events of this slot; absent: all. */
  readonly slot?: string;
  /** Stops the feed. */
  readonly signal: AbortSignal;
}

/** Follows the events of the engine until it is stopped. It connects again whenever the connection breaks. */
export async function followEvents(
  client: EngineClient,
  listener: EventListener,
  { past, slot, signal }: FeedOptions,
): Promise<void> {
  const path = `/control/events${slot === undefined ? "" : `?slot=${encodeURIComponent(slot)}`}`;
  /** The last event that is known; undefined before the first connection. */
  let known: number | undefined;
  /** The newest event at the time of the first connection. */
  let begin = Infinity;
  for (let waitMs = FIRST_WAIT_MS; !signal.aborted;) {
    listener.connection({ state: "connecting" });
    const error = await followOnce(client, path, known, signal, {
      connected() {
        waitMs = FIRST_WAIT_MS;
        if (known !== undefined) listener.connection({ state: "connected" });
      },
      id(id) {
        if (known === undefined) begin = id;
        // Another journal, which counts its events from the beginning: all of them are new.
        else if (id < known) begin = -Infinity;
        // The first connection only asks where the stream is. The second begins that many events earlier.
        const isFirst = known === undefined;
        known = isFirst ? Math.max(0, id - past) : id;
        return !isFirst;
      },
      event: (event) => listener.event(event, event.id <= begin),
    });
    if (error === "again" || signal.aborted) continue;
    // Half of the wait is random, so that many clients do not all come back at the same moment.
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

/** @returns why the connection ended; again: the reader ended it */
async function followOnce(
  client: EngineClient,
  path: string,
  known: number | undefined,
  signal: AbortSignal,
  reader: Reader,
): Promise<EngineError | "again"> {
  const silence = new SilenceTimer();
  const headers: Record<string, string> = known === undefined ? {} : { "Last-Event-ID": String(known) };
  try {
    const opened = await client.open(path, { headers, signal: AbortSignal.any([signal, silence.signal]) });
    if (!opened.ok) return opened.error;
    reader.connected();
    for await (const { id, data } of serverSentEvents(heard(opened.value, silence))) {
      if (id !== undefined && !reader.id(Number(id))) return "again";
      if (data) reader.event(JSON.parse(data) as EngineEvent);
    }
    return gone(client, "it closed the stream of events");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return gone(client, silence.signal.aborted ? "it has been silent for too long" : why);
  } finally {
    silence.end();
  }
}

/** Ends a connection that has been silent for {@linkcode SILENCE_MS}. */
class SilenceTimer {
  readonly #controller = new AbortController();
  #timer = this.#start();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #start(): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#controller.abort(), SILENCE_MS);
  }
}

/** @returns the bytes of an answer. Each piece restarts the timer, comments included */
async function* heard(response: Response, silence: SilenceTimer): AsyncGenerator<Uint8Array> {
  for await (const bytes of bytesOf(response)) {
    silence.restart();
    yield bytes;
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
