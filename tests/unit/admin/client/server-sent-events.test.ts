import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type ServerSentEvent, serverSentEvents } from "../../../../admin/client/server-sent-events.ts";

async function* inPieces(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let bytes = new TextEncoder().encode(text);
  for (const size of sizes) {
    yield bytes.slice(0, size);
    bytes = bytes.slice(size);
  }
  yield bytes;
}

async function read(text: string, sizes: readonly number[] = []): Promise<ServerSentEvent[]> {
  return Array.fromAsync(serverSentEvents(inPieces(text, sizes)));
}

describe("Server-Sent Events", () => {
  test("are read wherever the bytes are cut, in the middle of a letter too", async () => {
    const text = 'retry: 1000\nid: 4\n\nevent: slot\nid: 5\ndata: {"é":"Stimme ♪: x"}\n\n';
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20)), async (sizes) => {
        expect(await read(text, sizes)).toEqual([
          { id: "4", data: "" },
          { id: "5", event: "slot", data: '{"é":"Stimme ♪: x"}' },
        ]);
      }),
    );
  });

  test("that are cut off are left out", async () => {
    expect(await read("id: 1\ndata: a\n\nid: 2\ndata: b\n")).toEqual([{ id: "1", data: "a" }]);
  });

  test("may have a comment, and data of several lines", async () => {
    expect(await read(": hello\n\ndata: a\ndata: b\n\n")).toEqual([{ data: "a\nb" }]);
  });
});
