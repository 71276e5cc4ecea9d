import { afterEach, describe, expect, test } from "bun:test";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { AudioEncoder } from "../../../../../core/audio/audio-encoder.ts";
import { PooledEncoder } from "../../../../../core/audio/encode-pool/pooled-encoder.ts";
import { EncodePool, type StreamEncoder } from "../../../../../core/audio/mod.ts";
import { SyrinxError } from "../../../../../core/errors.ts";
import type { AudioFormat } from "../../../../../schemas/generated/config.ts";
import { HandClock } from "../../../../support/hand-clock.ts";
import { inTime, until } from "../../../../support/until.ts";

const VOICE_RATE = 16_000;
const SOUND = Float32Array.from(
  { length: VOICE_RATE * 2.5 },
  (_, i) => 0.4 * Math.sin(i / 9) * Math.sin(i / 900),
);
/** The most that is encoded for one read, in ms. */
const ONE_READ_MS = 1000;

const pools: EncodePool[] = [];
afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
});

function poolOf(options: Partial<ConstructorParameters<typeof EncodePool>[0]> = {}): EncodePool {
  const pool = new EncodePool({ threads: 1, ...options });
  pools.push(pool);
  return pool;
}

/** Resolves once a thread takes streams. The first stream starts it. */
async function started(pool: EncodePool): Promise<void> {
  await until("a thread takes streams", async () => {
    const stream = await pool.open("mp3", VOICE_RATE);
    stream.release();
    return stream instanceof PooledEncoder;
  });
}

/** Counts the threads that are started, until it is disposed of. */
function countStarts(): Disposable & { count: number } {
  const { Worker } = globalThis;
  const starts = {
    count: 0,
    [Symbol.dispose]: () => {
      globalThis.Worker = Worker;
    },
  };
  globalThis.Worker = class extends Worker {
    constructor(...parameters: ConstructorParameters<typeof Worker>) {
      super(...parameters);
      starts.count++;
    }
  };
  return starts;
}

async function startedPool(script?: string): Promise<EncodePool> {
  const pool = poolOf(script === undefined ? {} : { script: new URL(script, import.meta.url) });
  await started(pool);
  return pool;
}

async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(parts));
}

async function encodeAll(encoder: StreamEncoder, chunks: readonly Float32Array[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const chunk of chunks) parts.push(await bytesOf(encoder.encode(chunk)));
  parts.push(await bytesOf(encoder.finish()));
  encoder.release();
  return Buffer.concat(parts);
}

async function encodedInPlace(format: AudioFormat, sampleRate: number): Promise<Buffer> {
  const encoder = await AudioEncoder.create(format, VOICE_RATE, sampleRate);
  return Buffer.concat([...encoder.encode(SOUND), ...encoder.finish()]);
}

function cutAt(cuts: readonly number[]): Float32Array[] {
  const edges = [0, ...cuts.toSorted((a, b) => a - b), SOUND.length];
  return edges.slice(1).map((end, i) => SOUND.subarray(edges[i], end));
}

describe("the bytes of a stream", () => {
  test("are those of an encoder in place, whatever the format, the chunks and the other streams", async () => {
    const pool = await startedPool();
    const stream = fc.record({
      format: fc.constantFrom<AudioFormat>("mp3", "wav", "pcm"),
      sampleRate: fc.constantFrom(8000, 16_000, 24_000, 44_100),
      cuts: fc.array(fc.nat(SOUND.length), { maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(stream, { minLength: 1, maxLength: 4 }), async (streams) => {
        const encoded = streams.map(async ({ format, sampleRate, cuts }) => {
          const encoder = await pool.open(format, VOICE_RATE, sampleRate);
          return (await encodeAll(encoder, cutAt(cuts))).toString("hex");
        });
        const expected = streams.map(async ({ format, sampleRate }) =>
          (await encodedInPlace(format, sampleRate)).toString("hex"),
        );
        expect(await Promise.all(encoded)).toEqual(await Promise.all(expected));
      }),
      { numRuns: 25 },
    );
  });

  test("are the same before the first thread is ready: nobody waits for it", async () => {
    const pool = poolOf();
    const encoder = await pool.open("mp3", VOICE_RATE);
    expect(await encodeAll(encoder, [SOUND])).toEqual(await encodedInPlace("mp3", VOICE_RATE));
  });

  test("may be kept, and the samples stay the caller's", async () => {
    const pool = await startedPool();
    const encoder = await pool.open("mp3", VOICE_RATE);
    const samples = SOUND.slice();
    const parts = await Array.fromAsync(encoder.encode(samples));
    const copies = parts.map((part) => part.slice());
    await bytesOf(encoder.encode(new Float32Array(SOUND.length).fill(0.9)));
    expect(parts).toEqual(copies);
    expect(samples).toEqual(SOUND);
    encoder.release();
  });

  test("have a type and a length, also without samples", async () => {
    const pool = await startedPool();
    const encoder = await pool.open("mp3", VOICE_RATE);
    expect(encoder.contentType).toBe("audio/mpeg");
    await bytesOf(encoder.encode(SOUND));
    expect(encoder.durationMs).toBe(2500);
    encoder.release();
    const empty = await pool.open("mp3", VOICE_RATE);
    const silence = await AudioEncoder.create("mp3", VOICE_RATE);
    expect(await encodeAll(empty, [])).toEqual(Buffer.concat([...silence.finish()]));
    expect(await bytesOf(empty.finish())).toHaveLength(0);
  });

  test.each<[AudioFormat, number]>([
    ["mp3", 20_000],
    ["wav", 0],
    ["midi" as AudioFormat, 16_000],
  ])("of %s at %d Hz are refused before there is a stream", async (format, sampleRate) => {
    const pool = await startedPool();
    await expect(pool.open(format, VOICE_RATE, sampleRate)).rejects.toMatchObject({
      code: "format-unsupported",
    });
  });
});

describe("a reader", () => {
  test("that stops reading stops the work", async () => {
    const pool = await startedPool();
    const slow = await pool.open("mp3", VOICE_RATE);
    const reading = slow.encode(SOUND);
    await reading.next();
    const read = slow.durationMs;
    expect(read).toBeWithin(1, ONE_READ_MS + 1);
    // Whatever the thread had of the slow stream is done before this.
    await encodeAll(await pool.open("mp3", VOICE_RATE), [SOUND]);
    expect(slow.durationMs).toBe(read);
    await bytesOf(reading);
    expect(slow.durationMs).toBe(2500);
    slow.release();
  });

  test("that leaves ends its stream and no other", async () => {
    const pool = await startedPool();
    const [left, stays] = [await pool.open("mp3", VOICE_RATE), await pool.open("mp3", VOICE_RATE)];
    for await (const _ of left.encode(SOUND)) break;
    left.release();
    left.release();
    expect(await encodeAll(stays, [SOUND])).toEqual(await encodedInPlace("mp3", VOICE_RATE));
  });

  test("that leaves while bytes are on their way still gets these", async () => {
    const pool = await startedPool();
    const encoder = await pool.open("mp3", VOICE_RATE);
    const next = encoder.encode(SOUND).next();
    encoder.release();
    expect((await next).value?.byteLength).toBeGreaterThan(0);
  });
});

describe("a thread", () => {
  const numbered = async (encoder: StreamEncoder) => (await bytesOf(encoder.encode(SOUND.subarray(0, 1))))[0];

  test("that dies fails its streams, and another one takes its place", async () => {
    const pool = await startedPool("./dying-worker.ts");
    const [first, second] = [await pool.open("mp3", VOICE_RATE), await pool.open("mp3", VOICE_RATE)];
    await second.encode(SOUND).next();
    // Not with `rejects`: it waits in a way that lets no thread end.
    const failureOf = (encoder: StreamEncoder) =>
      bytesOf(encoder.encode(SOUND)).catch((error: unknown) => error);
    const failed = await failureOf(first);
    expect(failed).toBeInstanceOf(SyrinxError);
    expect(failed).toMatchObject({ code: "internal", message: "The thread that encodes audio ended" });
    await expect(bytesOf(second.finish())).rejects.toBe(failed);
    first.release();
    second.release();
    // The next stream is encoded in place, and one after that on a new thread, which dies, too.
    const next = await pool.open("mp3", VOICE_RATE);
    expect(await encodeAll(next, [SOUND])).toEqual(await encodedInPlace("mp3", VOICE_RATE));
    await started(pool);
    const last = await pool.open("mp3", VOICE_RATE);
    expect(await failureOf(last)).toMatchObject({ code: "internal" });
    last.release();
  });

  test("that cannot start is told once, and streams are encoded in place", async () => {
    using starts = countStarts();
    const clock = new HandClock();
    const failures: SyrinxError[] = [];
    const failed = Promise.withResolvers<void>();
    const pool = poolOf({
      script: new URL("./no-such-worker.ts", import.meta.url),
      clock,
      startFailed(error) {
        failures.push(error);
        failed.resolve();
      },
    });
    const encoder = await pool.open("mp3", VOICE_RATE);
    expect(await encodeAll(encoder, [SOUND])).toEqual(await encodedInPlace("mp3", VOICE_RATE));
    await inTime("the failure is told", failed.promise);
    // The third one is started only when the second one has failed.
    await until("a third thread is started", async () => {
      clock.pass(61_000);
      (await pool.open("mp3", VOICE_RATE)).release();
      return starts.count === 3;
    });
    expect(failures).toMatchObject([{ code: "internal" }]);
  });

  test("that could not start is tried again after a minute, not for each stream", async () => {
    const folder = await mkdtemp(join(tmpdir(), "syrinx-test-"));
    using starts = countStarts();
    try {
      const script = join(folder, "late-worker.ts");
      const clock = new HandClock();
      const failed = Promise.withResolvers<void>();
      const pool = poolOf({ script: pathToFileURL(script), clock, startFailed: () => failed.resolve() });
      (await pool.open("mp3", VOICE_RATE)).release();
      await inTime("the failure is told", failed.promise);
      const worker = new URL("../../../../../core/audio/encode-pool/encode-worker.ts", import.meta.url);
      await writeFile(script, `import "${worker.href}";`);
      clock.pass(59_000);
      (await pool.open("mp3", VOICE_RATE)).release();
      expect(starts.count).toBe(1);
      clock.pass(2_000);
      await started(pool);
      expect(starts.count).toBe(2);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("keeps a stream to its end; new streams go to the thread with the fewest", async () => {
    const script = new URL("./numbered-worker.ts", import.meta.url);
    const pool = poolOf({ threads: 2, script });
    await started(pool);
    const open = () => pool.open("mp3", VOICE_RATE);
    const streams = await Promise.all(Array.from({ length: 4 }, open));
    const first = await numbered(streams[0]!);
    expect(await Promise.all(streams.map(numbered))).toEqual([first, first, first, first]);
    // The first thread has its fill, so a second one is started.
    const other = await until("a second thread takes streams", async () => {
      const stream = await open();
      if ((await numbered(stream)) !== first) return stream;
      stream.release();
      return undefined;
    });
    const second = await numbered(other);
    const next = await Promise.all([open(), open()]);
    expect(await Promise.all(next.map(numbered))).toEqual([second, second]);
    expect(await Promise.all(streams.map(numbered))).toEqual([first, first, first, first]);
  });

  test("does not keep the process running when no stream is open", async () => {
    const audio = new URL("../../../../../core/audio/mod.ts", import.meta.url).href;
    const pooled = new URL("../../../../../core/audio/encode-pool/pooled-encoder.ts", import.meta.url).href;
    const code = `
      import { EncodePool } from "${audio}";
      import { PooledEncoder } from "${pooled}";
      const pool = new EncodePool({ threads: 1 });
      let encoder = await pool.open("mp3", 16_000);
      while (!(encoder instanceof PooledEncoder)) {
        encoder.release();
        await Bun.sleep(10);
        encoder = await pool.open("mp3", 16_000);
      }
      await Array.fromAsync(encoder.encode(new Float32Array(16_000)));
      encoder.release();
      console.log("encoded");`;
    await using child = Bun.spawn([process.execPath, "-e", code], { stdout: "pipe", stderr: "inherit" });
    expect((await child.stdout.text()).trim()).toBe("encoded");
    expect(await inTime("the process ends by itself", child.exited, 10_000)).toBe(0);
  });

  test("that is ended with its pool fails the streams that it still has", async () => {
    const pool = await startedPool();
    const encoder = await pool.open("mp3", VOICE_RATE);
    pool.close();
    await expect(bytesOf(encoder.encode(SOUND))).rejects.toMatchObject({ code: "internal" });
  });
});
