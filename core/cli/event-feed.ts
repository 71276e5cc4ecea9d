import type { EngineEvent } from "../../schemas/generated/event.ts";
import type { Client } from "./client.ts";
import { type ServerSentEvent, serverSentEvents } from "./sse.ts";

/** Wait before a connection that broke is made anew, in ms. */
const AGAIN_MS = 250;

interface Connection {
  blocks: AsyncGenerator<ServerSentEvent>;
  lastId: string | undefined;
}

/**
 * Follows what happens to a slot from now on, across connections that break.
 *
 * @returns once the engine tells of events, so that nothing is missed of what is asked for next
 * @throws SyrinxError engine-not-running, also later, when it has gone
 */
export async function followEvents(client: Client, slot: string): Promise<AsyncGenerator<EngineEvent>> {
  const connect = async (known?: string): Promise<Connection> => {
    const headers: Record<string, string> = known === undefined ? {} : { "Last-Event-ID": known };
    const response = await client.open(`/control/events?slot=${encodeURIComponent(slot)}`, headers);
    const blocks = serverSentEvents(response.body as unknown as AsyncIterable<Uint8Array>);
    // The first block only tells where the stream begins.
    const first = await blocks.next();
    return { blocks, lastId: first.done ? known : first.value.id };
  };
  return follow(await connect(), connect);
}

async function* follow(
  first: Connection,
  connect: (lastId: string | undefined) => Promise<Connection>,
): AsyncGenerator<EngineEvent> {
  for (let { blocks, lastId } = first; ; { blocks, lastId } = await connect(lastId)) {
    try {
      for await (const { id, data } of blocks) {
        lastId = id ?? lastId;
        if (data) yield JSON.parse(data) as EngineEvent;
      }
    } catch (cause) {
      // Bun gives a connection that broke a code, e.g. ECONNRESET; anything else is a fault.
      if (!(cause instanceof Error && "code" in cause)) throw cause;
    }
    await Bun.sleep(AGAIN_MS);
  }
}
