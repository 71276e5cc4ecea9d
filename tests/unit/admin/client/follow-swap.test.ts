import { afterEach, describe, expect, test } from "bun:test";
import { EngineClient, followSwap, startSwap } from "../../../../admin/client/mod.ts";
import type { SwapRecord } from "../../../../schemas/generated/swap.ts";

const SLOT = "voices.tone";
const ID = "swap-1";

function swap(stage: SwapRecord["stage"], more: Partial<SwapRecord> = {}): SwapRecord {
  const at = "2026-01-01T00:00:00.000Z";
  const isOver = stage === "done" || stage === "failed";
  return {
    id: ID,
    slot: SLOT,
    reason: "request",
    from: null,
    to: { plugin: "tone@1.0.0", settings: {}, device: "cpu" },
    stage,
    stages: [{ stage, at, elapsedMs: 1 }],
    startedAt: at,
    ...(isOver && { endedAt: at }),
    ...more,
  };
}

/** An engine that answers a swap with `answer`, and writes each connection to its events what `script` says. */
function serve(
  answer: () => Response,
  script: (connection: number, write: (text: string) => void) => boolean,
) {
  const asked: string[] = [];
  let connections = 0;
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch(request) {
      const { pathname, search } = new URL(request.url);
      asked.push(`${request.method} ${pathname}${search}`);
      if (request.method === "POST") return answer();
      const number = ++connections;
      const body = new ReadableStream({
        start(controller) {
          const write = (text: string) => controller.enqueue(new TextEncoder().encode(text));
          if (!script(number, write)) controller.close();
        },
      });
      return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    },
  });
  servers.push(server);
  return { asked, server, client: new EngineClient({ url: server.url.href }) };
}

const servers: Bun.Server<unknown>[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop(true))));

function block(id: number, record: SwapRecord): string {
  return `id: ${id}\ndata: ${JSON.stringify({ kind: "swap", id, at: record.startedAt, swap: record })}\n\n`;
}

const BEGIN = "retry: 1000\nid: 0\n\n";

describe("a swap that is followed", () => {
  test("is requested once the events of its slot arrive, and reported stage by stage until its end", async () => {
    const { client, asked } = serve(
      () => Response.json(swap("planned")),
      (connection, write) => {
        write(BEGIN);
        if (connection === 1) return true;
        write(block(1, swap("done", { id: "another" })));
        write(block(2, swap("loading")) + block(3, swap("done")));
        return true;
      },
    );
    const stages: string[] = [];
    const outcome = await followSwap(client, SLOT, startSwap(SLOT, {}), ({ id, stage }) =>
      stages.push(`${id} ${stage}`),
    );
    expect(outcome).toEqual({ ok: true, value: swap("done") });
    expect(stages).toEqual([`${ID} loading`, `${ID} done`]);
    expect(asked.filter((one) => one.startsWith("GET"))).toContain("GET /control/events?slot=voices.tone");
    expect(asked.at(-1)).toBe("POST /control/slots/voices.tone/swap?wait=false");
  });

  test("is not waited for if it is over when the engine answers", async () => {
    const { client } = serve(
      () => Response.json(swap("done")),
      (_, write) => {
        write(BEGIN);
        return true;
      },
    );
    expect(await followSwap(client, SLOT, startSwap(SLOT, {}))).toEqual({ ok: true, value: swap("done") });
  });

  test("that is refused is an error at once", async () => {
    const refusal = () => Response.json({ code: "swap-busy", detail: "one is under way" }, { status: 409 });
    const { client } = serve(refusal, (_, write) => {
      write(BEGIN);
      return true;
    });
    expect(await followSwap(client, SLOT, startSwap(SLOT, {}))).toMatchObject({
      ok: false,
      error: { code: "swap-busy", message: "one is under way" },
    });
  });

  test("is followed across a connection that breaks", async () => {
    const { client } = serve(
      () => Response.json(swap("planned")),
      (connection, write) => {
        write(BEGIN);
        if (connection === 2) write(block(1, swap("loading")));
        if (connection === 3) write(block(2, swap("failed")));
        return connection !== 2;
      },
    );
    const stages: string[] = [];
    const outcome = await followSwap(client, SLOT, startSwap(SLOT, {}), ({ stage }) => stages.push(stage));
    expect(outcome).toMatchObject({ ok: true, value: { stage: "failed" } });
    expect(stages).toEqual(["loading", "failed"]);
  });

  test("ends with an error if the engine has gone", async () => {
    const { client, server } = serve(
      () => Response.json(swap("planned")),
      (connection, write) => {
        write(BEGIN);
        if (connection === 2) write(block(1, swap("loading")));
        return true;
      },
    );
    const outcome = await followSwap(client, SLOT, startSwap(SLOT, {}), () => void server.stop(true));
    expect(outcome).toMatchObject({ ok: false, error: { code: "unreachable" } });
  });

  test("is not requested if no engine sends events", async () => {
    const client = new EngineClient({ url: "http://127.0.0.1:1" });
    expect(await followSwap(client, SLOT, startSwap(SLOT, {}))).toMatchObject({
      ok: false,
      error: { code: "unreachable" },
    });
  });
});
