import { describe, expect, test } from "bun:test";
import { type Connection, EngineClient, followEvents } from "../../../../admin/client/mod.ts";
import type { EngineEvent } from "../../../../schemas/generated/event.ts";

function event(id: number): EngineEvent {
  return { id, at: "2026-01-01T00:00:00.000Z", kind: "gap", after: 0 };
}

function block(id: number): string {
  return `event: gap\nid: ${id}\ndata: ${JSON.stringify(event(id))}\n\n`;
}

/** A server that writes each connection what a test says, and tells from which event on it was requested. */
function serve(script: (connection: number, write: (text: string) => void, close: () => void) => void) {
  const asked: (string | null)[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch(request) {
      const number = asked.push(request.headers.get("Last-Event-ID"));
      const body = new ReadableStream({
        start(controller) {
          const write = (text: string) => controller.enqueue(new TextEncoder().encode(text));
          script(number, write, () => controller.close());
        },
      });
      return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    },
  });
  return {
    asked,
    server,
    client: new EngineClient({ url: server.url.href, token: undefined, readOnly: false }),
  };
}

/** Follows until `count` events came. */
async function follow(client: EngineClient, past: number, count: number) {
  const end = new AbortController();
  const told: (readonly [id: number, past: boolean])[] = [];
  const connections: Connection["state"][] = [];
  const listener = {
    connection: ({ state }: Connection) => void connections.push(state),
    event(one: EngineEvent, isPast: boolean) {
      told.push([one.id, isPast]);
      if (told.length === count) end.abort();
    },
  };
  await followEvents(client, listener, { past, signal: end.signal });
  return { told, connections };
}

describe("the events of the engine", () => {
  test("begin with some past events, marked as past", async () => {
    const { asked, server, client } = serve((connection, write) => {
      if (connection === 1) write("retry: 1000\nid: 50\n\n");
      else write(`id: 48\n\n${block(49)}${block(50)}${block(51)}`);
    });
    await using _ = server;
    const { told } = await follow(client, 2, 3);
    expect(asked).toEqual([null, "48"]);
    expect(told).toEqual([
      [49, true],
      [50, true],
      [51, false],
    ]);
  });

  test("continue after a broken connection, with none missing", async () => {
    const { asked, server, client } = serve((connection, write, close) => {
      if (connection === 1) return write("id: 0\n\n");
      write(connection === 2 ? block(1) + block(2).slice(0, 20) : block(2) + block(3));
      if (connection === 2) close();
    });
    await using _ = server;
    const { told, connections } = await follow(client, 0, 3);
    expect(asked).toEqual([null, "0", "1"]);
    expect(told.map(([id]) => id)).toEqual([1, 2, 3]);
    expect(connections).toContain("lost");
    expect(connections.at(-1)).toBe("connected");
  });

  test("say why they stopped, and when the next try is", async () => {
    const end = new AbortController();
    const client = new EngineClient({ url: "http://127.0.0.1:1", token: undefined, readOnly: false });
    const { promise, resolve } = Promise.withResolvers<Connection>();
    const listener = {
      connection: (connection: Connection) => connection.state === "lost" && resolve(connection),
      event: () => {},
    };
    const following = followEvents(client, listener, { past: 0, signal: end.signal });
    const lost = await promise;
    expect(lost).toMatchObject({ state: "lost", error: { code: "unreachable" } });
    expect(lost.state === "lost" && lost.retryMs).toBeGreaterThan(0);
    end.abort();
    await following;
  });

  test("are all new if another engine answers, with numbers from the start", async () => {
    const gap = { id: 0, at: "2026-01-01T00:00:00.000Z", kind: "gap", after: 50 };
    const { server, client } = serve((connection, write, close) => {
      if (connection === 1) write("retry: 1000\nid: 50\n\n");
      else if (connection === 2) close();
      else write(`id: 50\n\nevent: gap\nid: 0\ndata: ${JSON.stringify(gap)}\n\n${block(1)}`);
    });
    await using _ = server;
    const { told } = await follow(client, 0, 2);
    expect(told).toEqual([
      [0, false],
      [1, false],
    ]);
  });
});
