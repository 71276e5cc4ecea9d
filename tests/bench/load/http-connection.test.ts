import { expect, test } from "bun:test";
import fc from "fast-check";
import { getRequest, HttpConnection } from "./http-connection.ts";

/** Chunks that look like the end of a body are among them. */
const chunk = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 5_000 }),
  fc.constant(Buffer.from("\r\n0\r\n\r\n")),
);

test("every byte of a body is counted, however it is cut and whatever it holds", async () => {
  let chunks: Uint8Array[] = [];
  using server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: () => new Response(bodyOf(chunks)),
  });
  const url = server.url.origin;
  let seen = 0;
  const connection = await HttpConnection.open(url, (bytes) => {
    seen += bytes;
  });
  await fc.assert(
    fc.asyncProperty(fc.array(chunk, { minLength: 1, maxLength: 8 }), async (drawn) => {
      chunks = drawn;
      seen = 0;
      const size = drawn.reduce((sum, { byteLength }) => sum + byteLength, 0);
      const answer = await connection.send(getRequest(url, "/"));
      expect({ status: answer.status, bytes: answer.bytes, seen }).toEqual({
        status: 200,
        bytes: size,
        seen: size,
      });
      expect(answer.firstByteMs).toBeLessThanOrEqual(answer.ms);
    }),
    { numRuns: 60 },
  );
  connection.close();
});

test("a body of known length, an empty one and a status other than 200 are told", async () => {
  using server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: ({ url }) =>
      url.endsWith("/empty") ? new Response(null, { status: 503 }) : new Response("twelve bytes"),
  });
  const url = server.url.origin;
  const connection = await HttpConnection.open(url);
  expect(await connection.send(getRequest(url, "/"))).toMatchObject({ status: 200, bytes: 12 });
  expect(await connection.send(getRequest(url, "/empty"))).toMatchObject({ status: 503, bytes: 0 });
  expect(await connection.send(getRequest(url, "/"))).toMatchObject({ status: 200, bytes: 12 });
  connection.close();
});

test("the beginning of a body is kept, and whether the server closes the connection", async () => {
  const body = Buffer.from(Array.from({ length: 100 }, (_, at) => at));
  using server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: ({ url }) =>
      url.endsWith("/last")
        ? new Response("short", { headers: { Connection: "close" } })
        : new Response(bodyOf([body.subarray(0, 10), body.subarray(10, 60), body.subarray(60)])),
  });
  const url = server.url.origin;
  const connection = await HttpConnection.open(url);
  const first = await connection.send(getRequest(url, "/"));
  expect({ closes: first.closes, beginning: [...first.beginning] }).toEqual({
    closes: false,
    beginning: [...body.subarray(0, 44)],
  });
  const last = await connection.send(getRequest(url, "/last"));
  expect({ closes: last.closes, beginning: Buffer.from(last.beginning).toString() }).toEqual({
    closes: true,
    beginning: "short",
  });
  connection.close();
});

test("a connection that breaks in an answer fails that request and those that follow", async () => {
  using server = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      data(socket) {
        socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nnot all");
      },
    },
  });
  const url = `http://127.0.0.1:${server.port}`;
  const connection = await HttpConnection.open(url);
  await expect(connection.send(getRequest(url, "/"))).rejects.toThrow("closed the connection");
  await expect(connection.send(getRequest(url, "/"))).rejects.toThrow("closed the connection");
});

function bodyOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise<void>((resume) => setImmediate(resume));
      const bytes = chunks[next++];
      if (bytes) controller.enqueue(bytes.slice());
      else controller.close();
    },
  });
}
