import { describe, expect, test } from "bun:test";
import { connect } from "node:net";
import { Hono } from "hono";
import { listen } from "../../../../core/api/server.ts";

const app = new Hono().get("/healthz", (context) => context.text("ok\n"));
const LOCAL = { host: "127.0.0.1", port: 0, hasTokens: false };

type Wake = PromiseWithResolvers<void>;

describe("the server", () => {
  test("listens on its address, has its URL, and stops", async () => {
    const server = listen(app, LOCAL);
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(`${server.url}/healthz`)).text()).toBe("ok\n");
    await server.stop();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  });

  test("says which port is taken, and what to do", async () => {
    const first = listen(app, LOCAL);
    const port = Number(new URL(first.url).port);
    expect(() => listen(app, { ...LOCAL, port })).toThrow(
      expect.objectContaining({
        code: "address-in-use",
        message: `Cannot listen on 127.0.0.1:${port} because the port is taken. Choose another with --port, or 0 for any`,
      }),
    );
    await first.stop();
  });

  test.each(["0.0.0.0", "::", "192.168.1.5"])(
    "does not listen on %s without tokens, and says how to make one",
    (host) => {
      expect(() => listen(app, { ...LOCAL, host })).toThrow(
        expect.objectContaining({
          code: "tokens-required",
          message: expect.stringContaining(`Cannot listen on ${host} without tokens`),
        }),
      );
    },
  );

  test("refuses a request that is pipelined during a stream: the stream breaks, and nobody takes it for whole", async () => {
    const asked: string[] = [];
    const [begun, cancelled, closed] = [1, 2, 3].map(() => Promise.withResolvers<void>()) as [
      Wake,
      Wake,
      Wake,
    ];
    const streaming = new Hono()
      .use(async (context, next) => {
        asked.push(context.req.path);
        await next();
      })
      .get("/stream", () => {
        const body = new ReadableStream({
          start: (stream) => stream.enqueue(new TextEncoder().encode("first")),
          cancel: () => cancelled.resolve(),
        });
        return new Response(body);
      })
      .get("/healthz", (context) => context.text("ok\n"));
    const server = listen(streaming, LOCAL);
    let received = "";
    const client = connect(Number(new URL(server.url).port), "127.0.0.1");
    client
      .on("close", () => closed.resolve())
      .on("data", (bytes) => {
        received += bytes.toString("latin1");
        if (received.includes("first")) begun.resolve();
      });
    client.write("GET /stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    await begun.promise;
    client.write("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    await Promise.all([cancelled.promise, closed.promise]);
    // A whole body of chunks ends with an empty one.
    expect(received).not.toMatch(/0\r\n\r\n$/);
    expect(asked).toEqual(["/stream"]);
    expect(await (await fetch(`${server.url}/healthz`)).text()).toBe("ok\n");
    await server.stop();
  });

  test("finishes its responses before it stops", async () => {
    const reached = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const slow = new Hono().get("/", async (context) => {
      reached.resolve();
      await answer.promise;
      return context.text("whole");
    });
    const server = listen(slow, LOCAL);
    const asked = fetch(server.url).then((response) => response.text());
    await reached.promise;
    const stopped = server.stop();
    answer.resolve();
    expect(await asked).toBe("whole");
    await stopped;
  });
});
