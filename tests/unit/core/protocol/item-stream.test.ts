import { describe, expect, test } from "bun:test";
import { SyrinxError } from "../../../../core/errors.ts";
import { ItemStream } from "../../../../core/protocol/item-stream.ts";

describe("a stream of values", () => {
  test("values are read in the order they came, and the end ends the loop", async () => {
    const stream = new ItemStream(() => {});
    stream.push(1);
    const reading = Array.fromAsync(stream);
    await Promise.resolve();
    stream.push(undefined);
    stream.push({ two: 2 });
    stream.end();
    expect(await reading).toEqual([1, undefined, { two: 2 }]);
  });

  test("an error comes after the values that came before it", async () => {
    const stream = new ItemStream(() => {});
    const error = new SyrinxError("plugin-failed", "cannot watch");
    stream.push("first");
    stream.end(error);
    const read: unknown[] = [];
    const reading = (async () => {
      for await (const value of stream) read.push(value);
    })();
    await expect(reading).rejects.toBe(error);
    expect(read).toEqual(["first"]);
  });

  test("a cancellation by the reader is no error", async () => {
    const stream = new ItemStream(() => {});
    stream.push(1);
    stream.end(new SyrinxError("cancelled", "as asked"));
    expect(await Array.fromAsync(stream)).toEqual([1]);
  });

  test("leaving early cancels the call; leaving after its end does not", async () => {
    let cancelled = 0;
    const early = new ItemStream(() => cancelled++);
    early.push(1);
    for await (const _ of early) break;
    expect(cancelled).toBe(1);

    const late = new ItemStream(() => cancelled++);
    late.push(1);
    late.end();
    for await (const _ of late) break;
    expect(cancelled).toBe(1);
  });
});
