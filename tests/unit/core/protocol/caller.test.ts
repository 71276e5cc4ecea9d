import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { SyrinxError } from "../../../../core/errors.ts";
import { Caller } from "../../../../core/protocol/caller.ts";
import { Connection } from "../../../../core/protocol/connection.ts";
import { CREDIT_WINDOW_BYTES } from "../../../../core/protocol/credit.ts";
import { FRAME } from "../../../../core/protocol/frame.ts";
import { validator } from "../../../../core/schema.ts";
import type { CoreMessage, PluginMessage } from "../../../../schemas/generated/protocol.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { streamPair } from "../../../support/stream-pair.ts";
import { inTime, until } from "../../../support/until.ts";

const isPluginMessage = validator<PluginMessage>("syrinx:protocol#/$defs/PluginMessage");
const isCoreMessage = validator<CoreMessage>("syrinx:protocol#/$defs/CoreMessage");

/** A plugin that does what the test says, at the other end of the stream. */
class FakePlugin {
  readonly heard: [call: number, message: CoreMessage][] = [];
  #connection!: Connection<CoreMessage, PluginMessage>;
  readonly #waiting = new Set<() => void>();

  static async on(fd: number): Promise<FakePlugin> {
    const plugin = new FakePlugin();
    plugin.#connection = await Connection.open<CoreMessage, PluginMessage>(fd, isCoreMessage, {
      message: (call, message) => {
        plugin.heard.push([call, message]);
        for (const wake of plugin.#waiting) wake();
      },
      data() {},
      closed() {},
    });
    return plugin;
  }

  hello(api: string, protocol = 1): void {
    this.say(0, { type: "hello", protocol, api, sdk: "none" });
  }

  say(call: number, message: PluginMessage): void {
    this.#connection.send(call, message);
  }

  sound(call: number, samples = 10): void {
    this.samples(call, new Float32Array(samples));
  }

  samples(call: number, samples: Float32Array): void {
    this.#connection.sendData(FRAME.audio, call, new Uint8Array(samples.buffer));
  }

  /** Sends a message of any text. */
  write(call: number, text: string): void {
    this.#connection.sendData(FRAME.message as never, call, new TextEncoder().encode(text));
  }

  /** Resolves with the call of a method, once it is heard. */
  async called(method: string): Promise<number> {
    for (;;) {
      const found = this.heard.find(([, message]) => message.type === "call" && message.method === method);
      if (found) return found[0];
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.add(resolve);
      await promise;
      this.#waiting.delete(resolve);
    }
  }

  /** Forgets calls of a method, so that the next one is waited for. */
  forget(method: string): void {
    const others = this.heard.filter(([, message]) => message.type !== "call" || message.method !== method);
    this.heard.splice(0, Infinity, ...others);
  }

  /** What it was told of a call after the call itself. */
  told(call: number): string[] {
    return this.heard.flatMap(([of, { type }]) => (of === call && type !== "call" ? [type] : []));
  }

  close(): void {
    this.#connection.close();
  }
}

let clock: HandClock;
let plugin: FakePlugin;
let opening: Promise<Caller>;
let over: PromiseWithResolvers<SyrinxError | undefined>;
let slowed: string[];

beforeEach(async () => {
  clock = new HandClock();
  over = Promise.withResolvers();
  slowed = [];
  const [ours, theirs] = streamPair();
  plugin = await FakePlugin.on(theirs);
  opening = Caller.open(ours, {
    slot: "voices.test",
    check: isPluginMessage,
    clock,
    helloTimeoutMs: 10_000,
    ackTimeoutMs: 15_000,
    audioTimeoutMs: 60_000,
    cancelTimeoutMs: 10_000,
    slowed: (reason) => slowed.push(reason),
    closed: over.resolve,
  });
  opening.catch(() => {});
});
afterEach(async () => {
  plugin.close();
  await over.promise;
});

async function opened(): Promise<Caller> {
  plugin.hello("1.0.0");
  return opening;
}

/** Resolves once the plugin was asked for its health, so that all it said before that has arrived. */
async function arrived(caller: Caller): Promise<void> {
  plugin.forget("health");
  const asked = caller.request("health", {});
  plugin.say(await plugin.called("health"), { type: "result" });
  await asked;
}

describe("a plugin that says hello", () => {
  test.each(["1.0.0", "1.7.3", "1.0.0-beta"])(
    "is welcome with plugin API %s, because only the major version counts",
    async (api) => {
      plugin.hello(api);
      const caller = await opening;
      void caller.request("health", {});
      await plugin.called("health");
      expect(plugin.heard[0]).toEqual([
        0,
        { type: "welcome", protocol: 1, api: "1.0.0", slot: "voices.test" },
      ]);
    },
  );

  test.each(["2.0.0", "0.9.0", "10.0.0"])(
    "is refused with plugin API %s, and both versions are named",
    async (api) => {
      plugin.hello(api);
      await expect(opening).rejects.toMatchObject({
        code: "plugin-incompatible",
        message: `The plugin was built with plugin API ${api}, the engine offers 1.0.0`,
      });
    },
  );

  test("is refused with another protocol version, and both versions are named", async () => {
    plugin.hello("1.0.0", 2);
    await expect(opening).rejects.toMatchObject({
      code: "plugin-incompatible",
      message: "The plugin uses protocol 2, the engine 1",
    });
  });

  test("is refused if it says so too late", async () => {
    await clock.timer();
    clock.pass(10_000);
    await expect(opening).rejects.toMatchObject({ code: "plugin-timeout" });
  });
});

describe("a call that is cancelled", () => {
  test("rejects with `cancelled`, whatever the plugin answers then: the plugin is not to blame", async () => {
    const caller = await opened();
    const leaving = new AbortController();
    const asked = caller.request("restore", {}, { signal: leaving.signal });
    const call = await plugin.called("restore");
    plugin.say(call, { type: "ack" });
    leaving.abort();
    plugin.say(call, { type: "error", error: { code: "plugin-failed", message: "stopped half-way" } });
    await expect(asked).rejects.toMatchObject({ code: "cancelled", message: "stopped half-way" });
  });

  test("is told apart from one that failed, which keeps the plugin's code if that is known", async () => {
    const caller = await opened();
    for (const [code, expected] of [
      ["model-corrupt", "model-corrupt"],
      ["no-such-code", "plugin-failed"],
    ] as const) {
      const asked = caller.request("restore", {});
      plugin.heard.length = 0;
      const call = await plugin.called("restore");
      plugin.say(call, { type: "error", error: { code, message: "why" } });
      await expect(asked).rejects.toMatchObject({ code: expected, message: "why" });
    }
  });

  test.each([
    ["ENOSPC", "disk-full", "the disk is full (no space left on device)"],
    ["EIO", "disk-failed", "the disk failed to read or write (no space left on device)"],
    ["EMFILE", "too-many-files", "too many files are open (no space left on device)"],
  ] as const)("says %s of the operating system as %s, in words", async (code, expected, message) => {
    const caller = await opened();
    const asked = caller.request("open", {});
    const error = { code, message: "no space left on device" };
    plugin.say(await plugin.called("open"), { type: "error", error });
    await expect(asked).rejects.toMatchObject({ code: expected, message });
  });

  test.each(["unauthorized", "forbidden", "internal", "queue-full", "cancelled", "__proto__"])(
    "is no way to say %s for the engine: a plugin has codes of its own",
    async (code) => {
      const caller = await opened();
      const asked = caller.request("restore", {});
      const message = "line 1\r\nX-Evil: 1\u001b[2J";
      plugin.say(await plugin.called("restore"), { type: "error", error: { code, message } });
      await expect(asked).rejects.toMatchObject({ code: "plugin-failed", message: "line 1 X-Evil: 1" });
    },
  );

  test("sends one cancel to the plugin, however often it is cancelled", async () => {
    const caller = await opened();
    const leaving = new AbortController();
    const stream = caller.audio("speak", {}, leaving.signal);
    const asked = caller.request("health", {}, { timeoutMs: 100, signal: leaving.signal });
    const [speak, health] = [await plugin.called("speak"), await plugin.called("health")];
    plugin.sound(speak);
    // The reader stops, the signal aborts, and the deadline passes.
    for await (const _ of stream) break;
    leaving.abort();
    clock.pass(100);
    await expect(asked).rejects.toMatchObject({ code: "plugin-timeout" });
    void caller.request("close", {});
    await plugin.called("close");
    expect([plugin.told(speak), plugin.told(health)]).toEqual([["cancel"], ["cancel"]]);
  });

  test("before it began is not sent", async () => {
    const caller = await opened();
    await expect(caller.request("restore", {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "cancelled",
    });
    void caller.request("health", {});
    await plugin.called("health");
    expect(plugin.heard.map(([, { type }]) => type)).toEqual(["welcome", "call"]);
  });
});

describe("a plugin that does not acknowledge", () => {
  test("has the time of the config, and then every call fails", async () => {
    const caller = await opened();
    const asked = caller.request("load", {});
    await plugin.called("load");
    clock.pass(15_000);
    await expect(asked).rejects.toMatchObject({
      code: "plugin-timeout",
      message: "The plugin did not acknowledge load within 15000 ms",
    });
    await expect(caller.request("health", {})).rejects.toMatchObject({ code: "plugin-timeout" });
  });

  test("is not confused with one that is slow", async () => {
    const caller = await opened();
    const asked = caller.request("load", {});
    const call = await plugin.called("load");
    plugin.say(call, { type: "ack" });
    const other = caller.request("health", {});
    plugin.say(await plugin.called("health"), { type: "result", value: "well" });
    expect(await other).toBe("well");
    clock.pass(60_000);
    plugin.say(call, { type: "result", value: "at last" });
    expect(await asked).toBe("at last");
  });
});

describe("a voice that is silent amid a call", () => {
  /** Resolves with the error of a stream that is read to its end. */
  const heard = async (stream: AsyncIterable<Float32Array>) => {
    try {
      for await (const _ of stream);
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test("counts as hung once its listener has waited for too long, and the error says so", async () => {
    const caller = await opened();
    const stream = caller.audio("speak", {});
    const end = heard(stream);
    const call = await plugin.called("speak");
    plugin.say(call, { type: "ack" });
    await arrived(caller);
    clock.pass(59_999);
    plugin.sound(call, 1_000);
    await arrived(caller);
    clock.pass(59_999);
    expect(stream.isLate).toBe(false);
    clock.pass(1);
    const why = { code: "plugin-timeout", message: "The plugin sent no audio for speak within 60000 ms" };
    expect(await end).toMatchObject(why);
    expect(stream.isLate).toBe(true);
    expect(await over.promise).toMatchObject(why);
  });

  test("counts as hung if it sends a sample now and then, and the error says how many", async () => {
    const caller = await opened();
    const stream = caller.audio("speak", {});
    const end = heard(stream);
    const call = await plugin.called("speak");
    plugin.say(call, { type: "ack" });
    await arrived(caller);
    for (let n = 0; n < 2; n++) {
      clock.pass(29_000);
      plugin.sound(call, 1);
      await arrived(caller);
    }
    expect(stream.isLate).toBe(false);
    clock.pass(2_000);
    const why = {
      code: "plugin-timeout",
      message: "The plugin sent only 2 samples of audio for speak within 60000 ms",
    };
    expect(await end).toMatchObject(why);
    expect(await over.promise).toMatchObject(why);
  });

  test("does not if it is a thousand times slower than real time: 16 samples for each second are enough", async () => {
    const caller = await opened();
    const stream = caller.audio("speak", {});
    const end = heard(stream);
    const call = await plugin.called("speak");
    plugin.say(call, { type: "ack" });
    await arrived(caller);
    for (let n = 0; n < 20; n++) {
      clock.pass(29_999);
      plugin.sound(call, 480);
      await arrived(caller);
    }
    plugin.say(call, { type: "result" });
    expect(await end).toBeUndefined();
  });

  test("does not while it waits for credit, however long nobody reads", async () => {
    const caller = await opened();
    const stream = caller.audio("speak", {});
    const call = await plugin.called("speak");
    plugin.say(call, { type: "ack" });
    plugin.sound(call, CREDIT_WINDOW_BYTES / 4);
    await stream.settled;
    clock.pass(3_600_000);
    plugin.say(call, { type: "result" });
    expect(await heard(stream)).toBeUndefined();
  });

  test("counts as hung again once the reader went on", async () => {
    const caller = await opened();
    const stream = caller.audio("speak", {});
    const call = await plugin.called("speak");
    plugin.say(call, { type: "ack" });
    plugin.sound(call, CREDIT_WINDOW_BYTES / 4);
    await stream.settled;
    clock.pass(3_600_000);
    const end = heard(stream);
    await until("credit is given", () => plugin.told(call).includes("credit"));
    clock.pass(60_000);
    expect(await end).toMatchObject({ code: "plugin-timeout" });
  });

  test("counts as hung if it does not end a call after its cancel, even if it goes on sending", async () => {
    const caller = await opened();
    const leaving = new AbortController();
    const end = heard(caller.audio("speak", {}, leaving.signal));
    const call = await plugin.called("speak");
    plugin.say(call, { type: "ack" });
    leaving.abort();
    await until("cancel is told", () => plugin.told(call).includes("cancel"));
    clock.pass(9_000);
    plugin.sound(call);
    await arrived(caller);
    clock.pass(1_000);
    const why = "The plugin did not end speak within 10000 ms of its cancel";
    expect(await end).toMatchObject({ code: "plugin-timeout", message: why });
    expect(await over.promise).toMatchObject({ code: "plugin-timeout", message: why });
  });

  test("is left alone once the call has ended", async () => {
    const caller = await opened();
    const end = heard(caller.audio("speak", {}));
    const call = await plugin.called("speak");
    plugin.say(call, { type: "ack" });
    plugin.say(call, { type: "result" });
    await end;
    clock.pass(3_600_000);
    expect(clock.timers).toBe(0);
  });
});

describe("what the protocol does not allow ends the stream", () => {
  /** Has the plugin do something wrong in a call to speak. */
  const after = async (fault: (call: number) => void) => {
    const caller = await opened();
    caller.audio("speak", {});
    const call = await plugin.called("speak");
    plugin.say(call, { type: "ack" });
    fault(call);
    return inTime("the stream ends", over.promise);
  };

  test.each<[string, (call: number) => void, string]>([
    ["a second ack", (call) => plugin.say(call, { type: "ack" }), "it was acknowledged before"],
    ["a second hello", () => plugin.hello("1.0.0"), "one belongs on 0"],
    ["an item on speak", (call) => plugin.say(call, { type: "item", value: 1 }), "speak has none"],
    ["credit on speak", (call) => plugin.say(call, { type: "credit", bytes: 1 }), "speak uploads nothing"],
    ["a frame without samples", (call) => plugin.sound(call, 0), "it has no samples"],
    [
      "a message over 1 MiB",
      (call) => plugin.say(call, { type: "result", value: "x".repeat(1_100_000) }),
      "the limit is 1049600",
    ],
  ])("%s", async (_, fault, why) => {
    expect(await after(fault)).toMatchObject({
      code: "protocol-violation",
      message: expect.stringContaining(why),
    });
  });

  test.each<[string, (call: number) => void, string]>([
    ["an item on load", (call) => plugin.say(call, { type: "item", value: 1 }), "load has none"],
    [
      "a value that is nested too deeply",
      (call) => plugin.say(call, { type: "result", value: JSON.parse("[".repeat(70) + "]".repeat(70)) }),
      "it is nested deeper than 64 levels",
    ],
    [
      "a value of too many values",
      (call) => plugin.say(call, { type: "result", value: Array.from({ length: 40_001 }, () => 0) }),
      "it has more than 40000 values",
    ],
  ])("%s", async (_, fault, why) => {
    const caller = await opened();
    void caller.request("load", {});
    const call = await plugin.called("load");
    plugin.say(call, { type: "ack" });
    fault(call);
    expect(await inTime("the stream ends", over.promise)).toMatchObject({
      code: "protocol-violation",
      message: expect.stringContaining(why),
    });
  });

  test("a text of open brackets, which is refused before it is parsed: that would take 100 ms", async () => {
    const caller = await opened();
    void caller.request("load", {});
    plugin.write(await plugin.called("load"), "[".repeat(1_000_000));
    expect(await inTime("the stream ends", over.promise)).toMatchObject({
      message: "Cannot take a message of 1000000 bytes because it is nested deeper than 64 levels",
    });
  });

  test("more messages than any plugin needs, while the core goes on with its work", async () => {
    const caller = await opened();
    const never = async function* () {
      await new Promise(() => {});
    };
    caller.upload("write", {}, never() as AsyncGenerator<Uint8Array>).catch(() => {});
    const call = await plugin.called("write");
    plugin.say(call, { type: "ack" });
    for (let n = 0; n < 10_001; n++) plugin.say(call, { type: "credit", bytes: 1 });
    expect(await inTime("the stream ends", over.promise)).toMatchObject({
      code: "protocol-violation",
      message: expect.stringContaining("the limit is 10000 messages in a second"),
    });
  });

  test("more bytes of messages than any plugin needs", async () => {
    const caller = await opened();
    const value = "x".repeat(1_000_000);
    for (let n = 0; n < 20; n++) {
      void caller.request("snapshot", {});
      const call = await Promise.race([plugin.called("snapshot"), over.promise.then(() => 0)]);
      plugin.forget("snapshot");
      plugin.say(call, { type: "result", value });
    }
    expect(await inTime("the stream ends", over.promise)).toMatchObject({
      code: "protocol-violation",
      message: expect.stringContaining("bytes of messages in a second"),
    });
  });

  test("more items than are read", async () => {
    const caller = await opened();
    caller.items("watch", {});
    const call = await plugin.called("watch");
    for (let n = 0; n < 1_001; n++) plugin.say(call, { type: "item", value: n });
    expect(await inTime("the stream ends", over.promise)).toMatchObject({
      message: "Cannot take another item because 1000 are unread",
    });
  });
});

describe("a voice that sends its audio in very many frames", () => {
  /** Reads a stream to its end. @returns the samples; they grow while it is read */
  function listen(stream: AsyncIterable<Float32Array>) {
    const samples: number[] = [];
    const end = (async () => {
      for await (const piece of stream) samples.push(...piece);
    })();
    end.catch(() => {});
    return { samples, end };
  }

  /** Says numbers, one in each frame, and its result. */
  async function flood(caller: Caller, frames: number) {
    const { samples, end } = listen(caller.audio("speak", {}));
    const call = await plugin.called("speak");
    plugin.say(call, { type: "ack" });
    for (let n = 0; n < frames; n++) plugin.samples(call, Float32Array.of(n));
    plugin.say(call, { type: "result" });
    return { samples, end };
  }

  test("is read at a pace, so that the core has time for others, and loses nothing", async () => {
    const caller = await opened();
    const { samples, end } = await flood(caller, 2_000);
    await until("the first frames are read", () => samples.length === 500);
    await clock.settle();
    expect(samples.length).toBe(500);
    let ended = false;
    void end.then(() => {
      ended = true;
    });
    await until("all are read", async () => {
      clock.pass(20);
      await clock.settle();
      return ended;
    });
    expect(samples).toEqual(Array.from({ length: 2_000 }, (_, n) => n));
    // 80 frames every 20 ms.
    expect(clock.now()).toBeGreaterThan(360);
  });

  test("is reported once if that goes on for a while, and not for one burst", async () => {
    const caller = await opened();
    const { samples, end } = await flood(caller, 20_000);
    let ended = false;
    void end.then(() => {
      ended = true;
    });
    await until("half of them are read", async () => {
      clock.pass(20);
      await clock.settle();
      return samples.length > 4_000;
    });
    expect(slowed).toEqual([]);
    await until("all are read", async () => {
      clock.pass(20);
      await clock.settle();
      return ended;
    });
    expect(slowed).toEqual(["it sends more than 4000 frames of audio in a second"]);
  });

  test("is read to its end if its process ends meanwhile", async () => {
    const caller = await opened();
    const { samples, end } = await flood(caller, 700);
    await until("the first frames are read", () => samples.length === 500);
    plugin.close();
    let ended = false;
    void end.then(() => {
      ended = true;
    });
    await until("all are read", async () => {
      clock.pass(20);
      await clock.settle();
      return ended;
    });
    expect(samples).toHaveLength(700);
    expect(await over.promise).toBeUndefined();
  });

  test("is not read any more once the core has closed the stream", async () => {
    const caller = await opened();
    const { samples, end } = await flood(caller, 700);
    await until("the first frames are read", () => samples.length === 500);
    caller.close();
    await expect(end).rejects.toMatchObject({ code: "plugin-crashed" });
    clock.pass(1_000);
    await clock.settle();
    expect(samples).toHaveLength(500);
  });
});
