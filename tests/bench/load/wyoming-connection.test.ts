import { expect, test } from "bun:test";
import { WyomingConnection } from "./wyoming-connection.ts";

const FORMAT = { rate: 16_000, width: 2, channels: 1 };

function event(type: string, data?: object, payload = Buffer.alloc(0)): Buffer {
  const json = Buffer.from(data ? JSON.stringify(data) : "");
  const line = { type, data_length: json.byteLength, payload_length: payload.byteLength };
  return Buffer.concat([Buffer.from(`${JSON.stringify(line)}\n`), json, payload]);
}

/** Answers each request with these bytes, so many at a time. */
function serve(answer: Buffer, pieceBytes: number) {
  return Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      async data(socket) {
        for (let at = 0; at < answer.byteLength; at += pieceBytes) {
          socket.write(answer.subarray(at, at + pieceBytes));
          await new Promise<void>((resume) => setImmediate(resume));
        }
      },
    },
  });
}

test("all sound is counted, however its events are cut", async () => {
  // Line feeds among the samples are not taken for the end of a line.
  const sound = Buffer.alloc(16_000, "\n");
  const answer = Buffer.concat([
    event("audio-start", FORMAT),
    event("audio-chunk", FORMAT, sound),
    event("audio-chunk", FORMAT, sound),
    event("audio-stop"),
  ]);
  for (const pieceBytes of [7_001, 999, answer.byteLength]) {
    using server = serve(answer, pieceBytes);
    const connection = await WyomingConnection.open(server.port);
    for (let time = 0; time < 2; time++) {
      const { seconds, firstByteMs } = await connection.speak("Hello.");
      expect(seconds).toBe(1);
      expect(firstByteMs).toBeGreaterThan(0);
    }
    connection.close();
  }
});

test("an error of the server fails the request", async () => {
  using server = serve(event("error", { text: "no voice" }), 10);
  const connection = await WyomingConnection.open(server.port);
  await expect(connection.speak("Hello.")).rejects.toThrow("no voice");
  connection.close();
});
