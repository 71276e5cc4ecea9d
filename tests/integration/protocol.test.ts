import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { systemClock } from "../../core/clock.ts";
import type { SyrinxError } from "../../core/errors.ts";
import { Caller, CREDIT_WINDOW_BYTES } from "../../core/protocol/mod.ts";
import { validator } from "../../core/schema.ts";
import type { LoadResult } from "../../schemas/generated/hooks.ts";
import type { PluginMessage } from "../../schemas/generated/protocol.ts";
import { describeUnless, withoutProgram } from "../support/skipped.ts";
import { until } from "../support/until.ts";

const FIXTURES = join(import.meta.dir, "../fixtures/protocol");

interface Counters {
  sentBytes: number;
  speaksEnded: number;
  aborted: number;
  welcomedAs: string;
}

/** Starts a plugin process and greets it. The process is ended when the test is over. */
async function start(argv: string[], limits: { helloTimeoutMs?: number; ackTimeoutMs?: number } = {}) {
  const child = Bun.spawn(argv, { stdio: ["ignore", "inherit", "inherit", "pipe"] });
  const over = Promise.withResolvers<SyrinxError | undefined>();
  const opened = Caller.open(child.stdio[3] as number, {
    slot: "voices.test",
    check: validator<PluginMessage>("syrinx:protocol#/$defs/PluginMessage"),
    clock: systemClock,
    helloTimeoutMs: 10_000,
    ackTimeoutMs: 10_000,
    audioTimeoutMs: 60_000,
    cancelTimeoutMs: 10_000,
    slowed: () => {},
    closed: over.resolve,
    ...limits,
  });
  opened.catch(() => {});
  return {
    child,
    opened,
    /** What the stream ended with. */
    over: over.promise,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

function honest(limits?: { ackTimeoutMs?: number }) {
  return start([process.execPath, join(FIXTURES, "honest.ts")], limits);
}

function misbehaving(fault: string, limits?: { helloTimeoutMs?: number; ackTimeoutMs?: number }) {
  return start([process.execPath, join(FIXTURES, "misbehaving.ts"), fault], limits);
}

async function counters(caller: Caller): Promise<Counters> {
  return (await caller.request("snapshot", {})) as Counters;
}

/** Asks until the counters are as wanted. */
function countersUntil(caller: Caller, is: (counters: Counters) => boolean): Promise<Counters> {
  return until(`the counters fit ${is}`, () => counters(caller), { is });
}

async function* pieces(count: number, bytes: number): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < count; piece++) yield new Uint8Array(bytes).fill(piece);
}

describe("a plugin process that keeps to the protocol", () => {
  test("is greeted with its slot's name, and answers calls, many at once", async () => {
    await using plugin = await honest();
    const caller = await plugin.opened;
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => caller.request("restore", { index })),
    );
    expect(answers).toEqual(Array.from({ length: 50 }, (_, index) => ({ index })));
    expect((await counters(caller)).welcomedAs).toBe("voices.test");
  });

  test("speaks: every sample arrives, in order, however much it is", async () => {
    await using plugin = await honest();
    const caller = await plugin.opened;
    const stream = caller.audio("speak", { chunks: 40, samples: 25_001 });
    let next = 0;
    for await (const chunk of stream) {
      for (const sample of chunk) {
        if (sample !== next % 1000) throw new Error(`sample ${next} is ${sample}`);
        next++;
      }
    }
    expect(next).toBe(40 * 25_001);
    expect(stream.result).toEqual({ chunks: 40 });
  });

  test("waits for a reader that stops, at the credit of that one stream, while other calls continue", async () => {
    await using plugin = await honest();
    const caller = await plugin.opened;
    const samples = 10_000;
    const slow = caller.audio("speak", { chunks: 200, samples });
    const reader = slow[Symbol.asyncIterator]();
    await reader.next();
    await slow.settled;
    let heard = 0;
    for await (const chunk of caller.audio("speak", { chunks: 30, samples })) heard += chunk.length;
    expect(heard).toBe(30 * samples);
    const sentForSlow = (await counters(caller)).sentBytes - heard * 4;
    // The window, what was read, and the frames at both ends of it.
    expect(sentForSlow).toBeGreaterThanOrEqual(CREDIT_WINDOW_BYTES);
    expect(sentForSlow).toBeLessThanOrEqual(CREDIT_WINDOW_BYTES + 3 * 4 * samples);

    let rest = 0;
    for (let next = await reader.next(); !next.done; next = await reader.next()) rest += next.value.length;
    expect(rest).toBeGreaterThan(190 * samples);
    expect((await counters(caller)).sentBytes).toBe(230 * samples * 4);
  });

  test("stops speaking when the reader leaves", async () => {
    await using plugin = await honest();
    const caller = await plugin.opened;
    for await (const _ of caller.audio("speak", { chunks: 100_000, samples: 10_000 })) break;
    const { sentBytes, aborted } = await countersUntil(caller, ({ speaksEnded }) => speaksEnded === 1);
    expect(aborted).toBe(1);
    expect(sentBytes).toBeLessThan(50 * CREDIT_WINDOW_BYTES);
  });

  test("stops speaking when the caller's signal aborts, and the reader hears that it was cancelled", async () => {
    await using plugin = await honest();
    const caller = await plugin.opened;
    const abort = new AbortController();
    const reading = (async () => {
      for await (const _ of caller.audio("speak", { chunks: 100_000, samples: 10_000 }, abort.signal))
        abort.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: "cancelled" });
    expect((await counters(caller)).speaksEnded).toBe(1);
  });

  test("keeps the code of its error, after the audio that came before", async () => {
    await using plugin = await honest();
    const caller = await plugin.opened;
    let heard = 0;
    const reading = (async () => {
      for await (const chunk of caller.audio("speak", { chunks: 5, fail: 2 })) heard += chunk.length;
    })();
    await expect(reading).rejects.toMatchObject({ code: "model-corrupt", message: "the model broke" });
    expect(heard).toBe(200);
  });

  test("takes an upload of many windows whole, in the order it was sent", async () => {
    await using plugin = await honest();
    const caller = await plugin.opened;
    const hash = new Bun.CryptoHasher("sha256");
    for await (const piece of pieces(30, 100_003)) hash.update(piece);
    expect(await caller.upload("write", {}, pieces(30, 100_003))).toEqual({
      length: 30 * 100_003,
      sha256: hash.digest("hex"),
    });
  });

  test("may refuse an upload half-way: the sender stops and hears why", async () => {
    await using plugin = await honest();
    const caller = await plugin.opened;
    const upload = caller.upload("write", { refuseAfter: 500_000 }, pieces(10_000, 100_000));
    await expect(upload).rejects.toMatchObject({ code: "plugin-failed", message: "the disk is full" });
  });

  test("hears that an upload's source broke, and the caller gets the source's error", async () => {
    await using plugin = await honest();
    const caller = await plugin.opened;
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      throw new Error("the encoder broke");
    }
    await expect(caller.upload("write", {}, broken())).rejects.toThrow("the encoder broke");
    expect(await caller.request("health", { still: "there" })).toEqual({ still: "there" });
  });

  test("sends values until it is told to stop", async () => {
    await using plugin = await honest();
    const caller = await plugin.opened;
    const read: unknown[] = [];
    for await (const item of caller.items("watch", {})) {
      read.push(item);
      if (read.length === 3) break;
    }
    expect(read).toEqual([{ item: 1 }, { item: 2 }, { item: 3 }]);
    expect((await countersUntil(caller, ({ aborted }) => aborted > 0)).aborted).toBe(1);
  });

  test("may continue when it is told to stop: its reader does not wait for it", async () => {
    await using plugin = await misbehaving("never-ends");
    const caller = await plugin.opened;
    const reader = new AbortController();
    const reading = Array.fromAsync(caller.items("watch", {}, reader.signal));
    reader.abort();
    expect(await reading).toEqual([]);
  });

  test("may be slow: a call that it has acknowledged has the time that its caller gives it, and no more", async () => {
    await using plugin = await honest({ ackTimeoutMs: 500 });
    const caller = await plugin.opened;
    await expect(caller.request("health", { never: true }, { timeoutMs: 600 })).rejects.toMatchObject({
      code: "plugin-timeout",
      message: "The plugin did not answer health within 600 ms",
    });
    expect(await caller.request("health", { next: 1 })).toEqual({ next: 1 });
  });

  test("fails every open call when it dies, and every later one at once", async () => {
    await using plugin = await honest();
    const caller = await plugin.opened;
    const waiting = caller.request("health", { never: true });
    const speaking = Array.fromAsync(caller.audio("speak", { chunks: 3, die: 1 }));
    await expect(speaking).rejects.toMatchObject({ code: "plugin-crashed" });
    await expect(waiting).rejects.toMatchObject({ code: "plugin-crashed" });
    await expect(caller.request("health", {})).rejects.toMatchObject({ code: "plugin-crashed" });
    expect(await plugin.over).toBeUndefined();
  });

  test("ends with the stream, so that it cannot outlive the engine", async () => {
    await using plugin = await honest();
    (await plugin.opened).close();
    expect(await plugin.child.exited).toBe(0);
  });
});

describe("a plugin process that breaks the protocol is refused, with what it did", () => {
  test.each([
    ["protocol-2", "plugin-incompatible", "The plugin uses protocol 2, the engine 1"],
    ["api-2", "plugin-incompatible", "built with plugin API 2.0.0, the engine offers 1.0.0"],
    ["garbage", "protocol-violation", "Cannot read a frame of type"],
    ["not-json", "protocol-violation", "is not JSON"],
    ["not-utf8", "protocol-violation", "is not JSON"],
    ["unknown-message", "protocol-violation", '/type: must be one of "hello", "ack", "item", "result"'],
  ])("at its first words: %s", async (fault, code, message) => {
    await using plugin = await misbehaving(fault);
    await expect(plugin.opened).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    expect(await plugin.child.exited).toBe(0);
  });

  test("at its first words: none at all, within the time it has", async () => {
    await using plugin = await misbehaving("no-hello", { helloTimeoutMs: 100 });
    await expect(plugin.opened).rejects.toMatchObject({
      code: "plugin-timeout",
      message: "The plugin sent no hello within 100 ms",
    });
  });

  test("at its first words: it ends instead", async () => {
    await using plugin = await start([process.execPath, "-e", "process.exit(3)"]);
    await expect(plugin.opened).rejects.toMatchObject({ code: "plugin-crashed" });
  });

  test.each([
    ["too-large", "Cannot read a frame of 17825792 bytes because the limit is 1048576"],
    ["odd-audio", "Cannot read an audio frame of 3 bytes"],
    ["unknown-call", "Cannot take result for call 99 because no such call is open"],
    ["audio-unasked", "Cannot take a frame of type 2 for call 1 because the call expects none"],
    ["bytes-unasked", "Cannot take a frame of type 3 for call 1 because the call expects none"],
    ["two-results", "Cannot take result for call 1 because no such call is open"],
  ])("later: %s", async (fault, message) => {
    await using plugin = await misbehaving(fault);
    // The fault may come along with hello.
    const asked = plugin.opened.then((caller) => caller.request("health", {}));
    const violation = expect.objectContaining({
      code: "protocol-violation",
      message: expect.stringContaining(message),
    });
    expect(await plugin.over).toEqual(violation);
    if (fault === "two-results") await asked;
    else await expect(asked).rejects.toEqual(violation);
    expect(await plugin.child.exited).toBe(0);
  });

  test("later: more audio than it had credit for", async () => {
    await using plugin = await misbehaving("beyond-credit");
    const stream = (await plugin.opened).audio("speak", {});
    expect(await plugin.over).toMatchObject({
      code: "protocol-violation",
      message: expect.stringContaining("because the credit was 262144"),
    });
    await expect(Array.fromAsync(stream)).rejects.toMatchObject({ code: "protocol-violation" });
  });

  test("later: a call that is never acknowledged is told from one that is slow", async () => {
    await using plugin = await misbehaving("never-acks", { ackTimeoutMs: 50 });
    const caller = await plugin.opened;
    const asked = [caller.request("load", {}), Array.fromAsync(caller.audio("speak", {}))];
    for (const outcome of await Promise.allSettled(asked)) {
      expect(outcome).toMatchObject({
        reason: {
          code: "plugin-timeout",
          message: "The plugin did not acknowledge load within 50 ms",
        },
      });
    }
  });
});

describeUnless(withoutProgram("python3"))("a plugin in another language, by the protocol alone", () => {
  const python = () => start(["python3", join(FIXTURES, "beep.py")]);

  test("loads, speaks as much as was asked, and ends with the stream", async () => {
    await using plugin = await python();
    const caller = await plugin.opened;
    const loaded = await caller.request("load", {});
    expect(validator<LoadResult>("syrinx:hooks#/$defs/LoadResult")(loaded)).toBe(true);
    let samples = 0;
    let loudest = 0;
    // 200 letters are five windows of credit.
    for await (const chunk of caller.audio("speak", { text: "x".repeat(200), speed: 1 })) {
      samples += chunk.length;
      for (const sample of chunk) loudest = Math.max(loudest, Math.abs(sample));
    }
    expect(samples).toBe(200 * 1600);
    expect(loudest).toBeCloseTo(0.2, 3);
    caller.close();
    expect(await plugin.child.exited).toBe(0);
  });

  test("stops when its reader leaves, and answers what it was asked meanwhile", async () => {
    await using plugin = await python();
    const caller = await plugin.opened;
    const slow = caller.audio("speak", { text: "x".repeat(200), speed: 1 });
    const reader = slow[Symbol.asyncIterator]();
    await reader.next();
    await slow.settled;
    const asked = caller.request("health", {});
    await reader.return(undefined);
    expect(await asked).toEqual({ ok: true });
  });
});
