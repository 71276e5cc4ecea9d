import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { SyrinxError } from "../../../../core/errors.ts";
import { AudioStream, DISCARDED_BYTES, READ_AHEAD_BYTES } from "../../../../core/protocol/audio-stream.ts";
import { CREDIT_WINDOW_BYTES } from "../../../../core/protocol/credit.ts";
import { isPending } from "../../../support/settled.ts";

function open() {
  const seen = { credit: [] as number[], cancelled: 0 };
  const stream = new AudioStream(
    (bytes) => seen.credit.push(bytes),
    () => seen.cancelled++,
  );
  return { stream, seen };
}

async function isSettled(stream: AudioStream): Promise<boolean> {
  return !(await isPending(stream.settled));
}

const WINDOW = new Float32Array(CREDIT_WINDOW_BYTES / 4);

describe("a stream of audio", () => {
  test("every chunk is read in the order it came, whether the reader was waiting or late", async () => {
    const events = fc.array(fc.oneof(fc.float({ noNaN: true }), fc.constant("pause" as const)), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(events, async (script) => {
        const { stream, seen } = open();
        const reading = Array.fromAsync(stream, ([sample]) => sample);
        for (const event of script) {
          if (event === "pause") await Promise.resolve();
          else stream.push(Float32Array.of(event));
        }
        stream.end("the result");
        const sent = script.filter((event) => event !== "pause");
        expect(await reading).toEqual([...Float32Array.from(sent)]);
        expect(stream.result).toBe("the result");
        expect(seen.cancelled).toBe(0);
      }),
    );
  });

  test("credit is given for chunks that the reader has finished, not for the one in use", async () => {
    const { stream, seen } = open();
    const reader = stream[Symbol.asyncIterator]();
    stream.push(new Float32Array(10));
    stream.push(new Float32Array(20));
    await reader.next();
    expect(seen.credit).toEqual([]);
    await reader.next();
    expect(seen.credit).toEqual([40]);
    void reader.next();
    await Promise.resolve();
    expect(seen.credit).toEqual([40, 80]);
  });

  test("no credit is given for a call that has ended", async () => {
    const { stream, seen } = open();
    stream.push(new Float32Array(10));
    stream.end(undefined);
    expect(await Array.fromAsync(stream)).toHaveLength(1);
    expect(seen.credit).toEqual([]);
  });

  test("it is settled once the sender has no more work: all sent, failed, or out of credit", async () => {
    const ended = open().stream;
    expect(await isSettled(ended)).toBe(false);
    ended.end(undefined);
    expect(await isSettled(ended)).toBe(true);

    const failed = open().stream;
    failed.fail(new SyrinxError("plugin-crashed", "gone"));
    expect(await isSettled(failed)).toBe(true);

    const slow = open().stream;
    slow.push(WINDOW.subarray(1));
    expect(await isSettled(slow)).toBe(false);
    slow.push(WINDOW.subarray(0, 1));
    expect(await isSettled(slow)).toBe(true);
  });

  test("an error comes after the audio that came before it", async () => {
    const { stream } = open();
    const error = new SyrinxError("plugin-crashed", "gone");
    stream.push(Float32Array.of(1));
    stream.push(Float32Array.of(2));
    stream.fail(error);
    const heard: number[] = [];
    const reading = (async () => {
      for await (const [sample] of stream) heard.push(sample!);
    })();
    await expect(reading).rejects.toBe(error);
    expect(heard).toEqual([1, 2]);
  });

  test("leaving early cancels the call, drops what is unread, and keeps the sender from waiting", async () => {
    const { stream, seen } = open();
    stream.push(new Float32Array(10));
    stream.push(new Float32Array(10));
    for await (const _ of stream) break;
    expect(seen.cancelled).toBe(1);
    stream.push(WINDOW);
    stream.push(WINDOW);
    expect(seen.credit).toEqual([CREDIT_WINDOW_BYTES, CREDIT_WINDOW_BYTES]);
  });

  test("after its reader has left, a sender gets credit for 6 MiB; one that goes on without breaks the protocol", async () => {
    const { stream, seen } = open();
    stream.push(Float32Array.of(0));
    for await (const _ of stream) break;
    const most = DISCARDED_BYTES / CREDIT_WINDOW_BYTES;
    for (let windows = 0; windows <= most; windows++) stream.push(WINDOW);
    expect(seen.credit).toHaveLength(most);
    expect(() => stream.push(WINDOW)).toThrow(expect.objectContaining({ code: "protocol-violation" }));
  });

  test("leaving after the end cancels nothing", async () => {
    const { stream, seen } = open();
    stream.push(new Float32Array(10));
    stream.end(undefined);
    for await (const _ of stream) break;
    expect(seen.cancelled).toBe(0);
  });

  test("a sender that goes beyond its credit breaks the protocol, and not the core's memory", () => {
    const { stream } = open();
    stream.push(WINDOW);
    expect(() => stream.push(Float32Array.of(0))).toThrow(
      expect.objectContaining({ code: "protocol-violation" }),
    );
  });

  test("that reads ahead gives credit at once, for unread audio and for audio that arrives later", async () => {
    const { stream, seen } = open();
    stream.push(WINDOW);
    expect(seen.credit).toEqual([]);
    stream.readAhead();
    expect(seen.credit).toEqual([CREDIT_WINDOW_BYTES]);
    for (let i = 0; i < 5; i++) stream.push(WINDOW);
    expect(seen.credit).toEqual(Array<number>(6).fill(CREDIT_WINDOW_BYTES));
    stream.end(undefined);
    expect(await stream.over).toBeUndefined();
    expect(await Array.fromAsync(stream)).toHaveLength(6);
    expect(seen.credit).toHaveLength(6);
  });

  test("that reads ahead buffers up to its limit: then the reader sets the pace again", async () => {
    const { stream, seen } = open();
    stream.readAhead();
    const most = READ_AHEAD_BYTES / CREDIT_WINDOW_BYTES;
    for (let i = 0; i <= most; i++) stream.push(WINDOW);
    expect(seen.credit).toHaveLength(most);
    expect(() => stream.push(Float32Array.of(0))).toThrow(
      expect.objectContaining({ code: "protocol-violation" }),
    );
    const reader = stream[Symbol.asyncIterator]();
    await reader.next();
    await reader.next();
    expect(seen.credit).toHaveLength(most + 1);
    stream.push(WINDOW);
  });

  test("every byte is credited once during the call, and no sender within its credit is refused, reading ahead or not", async () => {
    const steps = fc.array(
      fc.oneof(
        fc.integer({ min: 1, max: CREDIT_WINDOW_BYTES }).map((samples) => ({ send: samples })),
        fc.constant("read" as const),
        fc.constant("readAhead" as const),
      ),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const { stream, seen } = open();
        const reader = stream[Symbol.asyncIterator]();
        const room = () => CREDIT_WINDOW_BYTES + seen.credit.reduce((sum, bytes) => sum + bytes, 0) - sent;
        let [sent, unread] = [0, 0];
        for (const step of script) {
          if (step === "readAhead") stream.readAhead();
          else if (step === "read" && unread > 0) {
            await reader.next();
            unread--;
          } else if (typeof step === "object" && room() > 0) {
            stream.push(new Float32Array(step.send));
            sent += 4 * step.send;
            unread++;
          }
          expect(room()).toBeLessThanOrEqual(CREDIT_WINDOW_BYTES);
        }
        for (; unread > 0; unread--) await reader.next();
        void reader.next();
        await Promise.resolve();
        expect(room()).toBe(CREDIT_WINDOW_BYTES);
      }),
    );
  });

  test("is over when the call ends, read or not, and has its error", async () => {
    const { stream } = open();
    const error = new SyrinxError("plugin-crashed", "gone");
    stream.push(Float32Array.of(1));
    stream.fail(error);
    expect(await stream.over).toBe(error);
  });
});
