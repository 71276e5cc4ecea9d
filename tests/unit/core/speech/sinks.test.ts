import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { SyrinxError } from "../../../../core/errors.ts";
import { SinkDelivery } from "../../../../core/speech/sinks.ts";
import type { SunkUtterance, WriteParams } from "../../../../schemas/generated/hooks.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { silentLog } from "../../../support/silent-log.ts";
import { until } from "../../../support/until.ts";
import { temporaryFolder } from "../releases/folder.ts";

const UTTERANCE: SunkUtterance = {
  id: "u1",
  text: "Hello.",
  voice: "slt",
  release: "piper@1.0.0",
  format: "pcm",
  contentType: "audio/pcm",
  bytes: 5,
  durationMs: 1,
  createdAt: "2026-01-01T00:00:00.000Z",
};

/** A slot whose sink fails with the errors that it is given, one for each try, and then takes what it gets. */
class FakeSink {
  readonly taken: { params: WriteParams; text: string }[] = [];
  readonly asked: [slot: string, timeoutMs: number][] = [];
  tries = 0;
  held = 0;

  constructor(
    private readonly errors: (SyrinxError | undefined)[] = [],
    private readonly settings?: Record<string, unknown>,
  ) {}

  slot(name: string) {
    const error = this.errors[this.tries++];
    if (error?.code === "slot-not-found") throw error;
    return { acquire: (timeoutMs: number) => this.#acquire(name, timeoutMs, error) };
  }

  async #acquire(slot: string, timeoutMs: number, error: SyrinxError | undefined) {
    this.asked.push([slot, timeoutMs]);
    if (error?.code.startsWith("slot-")) throw error;
    this.held++;
    return {
      settings: this.settings,
      release: () => void this.held--,
      instance: async () => ({
        write: async (params: WriteParams, audio: AsyncIterable<Uint8Array>) => {
          if (error) throw error;
          this.taken.push({ params, text: Buffer.concat(await Array.fromAsync(audio)).toString() });
          return "/kept/here";
        },
      }),
    };
  }
}

const refused = new SyrinxError("plugin-failed", "the disk of the sink is full");

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  path = await folder.write("u1.pcm", "audio");
});
afterEach(() => folder[Symbol.asyncDispose]());

function deliver(sink: FakeSink) {
  const clock = new HandClock();
  const delivery = new SinkDelivery(sink, clock, silentLog());
  delivery.deliver("sinks.archive", UTTERANCE, { path, bytes: 5, contentType: "audio/pcm", durationMs: 1 });
  return { clock, delivery };
}

describe("the delivery of an utterance to a sink", () => {
  test("writes it with its description, and deletes the file once the sink has it", async () => {
    const sink = new FakeSink();
    await deliver(sink).delivery.settled();
    expect(sink.taken).toEqual([{ params: { utterance: UTTERANCE }, text: "audio" }]);
    expect(sink.asked).toEqual([["sinks.archive", 30_000]]);
    expect([existsSync(path), sink.held]).toEqual([false, 0]);
  });

  test("passes the settings that the sink takes with each call", async () => {
    const sink = new FakeSink([], { name: "{id}" });
    await deliver(sink).delivery.settled();
    expect(sink.taken[0]?.params).toEqual({ utterance: UTTERANCE, settings: { name: "{id}" } });
  });

  test("is tried again after 0.5, 2, 8 and 30 s, and the file stays until the sink takes it", async () => {
    const loading = new SyrinxError("slot-loading", "not yet");
    const sink = new FakeSink([refused, loading, refused, refused]);
    const { clock, delivery } = deliver(sink);
    for (const [tries, wait] of [500, 2_000, 8_000, 30_000].entries()) {
      await clock.timer();
      clock.pass(wait - 1);
      expect([sink.tries, existsSync(path)]).toEqual([tries + 1, true]);
      clock.pass(1);
    }
    await delivery.settled();
    expect(sink.taken.map(({ text }) => text)).toEqual(["audio"]);
    expect([sink.tries, sink.held, existsSync(path)]).toEqual([5, 0, false]);
  });

  test("is given up after the fifth try, and the file stays for people", async () => {
    const sink = new FakeSink(Array(9).fill(refused));
    const { clock, delivery } = deliver(sink);
    for (const wait of [500, 2_000, 8_000, 30_000]) {
      await clock.timer();
      clock.pass(wait);
    }
    await delivery.settled();
    expect([sink.tries, clock.timers, existsSync(path), sink.held]).toEqual([5, 0, true, 0]);
  });

  test.each(["slot-not-found", "slot-removed"] as const)(
    "is given up at once if the sink does not exist any more (%s), and the file stays",
    async (code) => {
      const sink = new FakeSink([new SyrinxError(code, "gone")]);
      const { clock, delivery } = deliver(sink);
      await delivery.settled();
      expect([sink.tries, clock.timers, existsSync(path)]).toEqual([1, 0, true]);
    },
  );

  test("is waited for by settled(), with deliveries that began later", async () => {
    const sink = new FakeSink([refused]);
    const { clock, delivery } = deliver(sink);
    await clock.timer();
    let settled = false;
    const waiting = delivery.settled().then(() => (settled = true));
    const other = await folder.write("u2.pcm", "more");
    delivery.deliver(
      "sinks.archive",
      { ...UTTERANCE, id: "u2" },
      { path: other, bytes: 4, contentType: "audio/pcm", durationMs: 1 },
    );
    await until("the sink takes it", () => sink.taken.length > 0);
    expect(settled).toBe(false);
    clock.pass(500);
    await waiting;
    expect(sink.taken.map(({ text }) => text)).toEqual(["more", "audio"]);
  });
});
