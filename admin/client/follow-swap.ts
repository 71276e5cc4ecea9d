import type { EngineEvent } from "../../schemas/generated/event.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import type { EngineClient } from "./engine-client.ts";
import { type Connection, type EventListener, followEvents } from "./event-feed.ts";
import type { EngineError, Outcome, Request } from "./request.ts";

/** Attempts to connect that fail in a row, after which the engine counts as gone. */
const MAX_LOST = 2;

/**
 * Asks for a swap, or for the end of a canary, and waits until the swap is over.
 *
 * @param slot the slot that is swapped
 * @param request made by startSwap, startAction or endCanary
 * @param reached called with the swap at each stage that it reaches
 * @returns the swap when it is over, however it ended; or why it was refused, or is not known any more
 */
export async function followSwap(
  client: EngineClient,
  slot: string,
  request: Request<SwapRecord>,
  reached: (swap: SwapRecord) => void = () => {},
): Promise<Outcome<SwapRecord>> {
  const stop = new AbortController();
  const feed = new SwapFeed(reached);
  // First the events, then the request: so no stage is missed.
  const following = followEvents(client, feed, { past: 0, slot, signal: stop.signal });
  try {
    const lost = await feed.connected;
    if (lost) return { ok: false, error: lost };
    const accepted = await client.send(request);
    if (!accepted.ok || accepted.value.endedAt !== undefined) return accepted;
    return await feed.ended(accepted.value);
  } finally {
    stop.abort();
    await following;
  }
}

/** Hears the stages of one swap. */
class SwapFeed implements EventListener {
  readonly #connected = Promise.withResolvers<EngineError | undefined>();
  readonly #over = Promise.withResolvers<Outcome<SwapRecord>>();
  /** Stages that came before the id of the swap was known. */
  readonly #early: SwapRecord[] = [];
  #id: string | undefined;
  #lost = 0;

  constructor(private readonly reached: (swap: SwapRecord) => void) {}

  /** Settles once the events are followed, or with why that failed. */
  get connected(): Promise<EngineError | undefined> {
    return this.#connected.promise;
  }

  /** @param accepted the swap whose end is waited for */
  ended({ id }: SwapRecord): Promise<Outcome<SwapRecord>> {
    this.#id = id;
    for (const swap of this.#early.splice(0)) this.#hear(swap);
    return this.#over.promise;
  }

  connection(connection: Connection): void {
    if (connection.state === "connected") {
      this.#lost = 0;
      this.#connected.resolve(undefined);
    }
    if (connection.state !== "lost") return;
    // Without a first connection nothing was requested yet, so there is nothing to wait for.
    this.#connected.resolve(connection.error);
    if (++this.#lost >= MAX_LOST) this.#over.resolve({ ok: false, error: connection.error });
  }

  event(event: EngineEvent): void {
    if (event.kind === "swap") this.#hear(event.swap);
  }

  #hear(swap: SwapRecord): void {
    if (this.#id === undefined) this.#early.push(swap);
    if (swap.id !== this.#id) return;
    this.reached(swap);
    if (swap.endedAt !== undefined) this.#over.resolve({ ok: true, value: swap });
  }
}
