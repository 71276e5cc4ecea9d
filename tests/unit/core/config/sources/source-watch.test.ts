import { describe, expect, test } from "bun:test";
import pino from "pino";
import { SourceWatch } from "../../../../../core/config/sources/source-watch.ts";
import { SyrinxError } from "../../../../../core/errors.ts";
import type { SourceItem } from "../../../../../schemas/generated/hooks.ts";
import { HandClock } from "../../../../support/hand-clock.ts";

const RETRY_MS = 5_000;

/** What a source does when it is listened to: it says something, ends, or fails. */
type Round = (signal: AbortSignal) => AsyncIterable<SourceItem>;

const item = (origin: string): SourceItem => ({ document: {}, origin });
const silent = (signal: AbortSignal) =>
  new Promise<void>((ended) => signal.addEventListener("abort", () => ended()));

async function* says(origin: string, signal?: AbortSignal) {
  yield item(origin);
  if (signal) await silent(signal);
}

async function* silentSource(signal: AbortSignal): AsyncGenerator<SourceItem> {
  await silent(signal);
}

async function* fails(message: string): AsyncGenerator<SourceItem> {
  throw new SyrinxError("slot-failed", message);
}

/** Listens to a source that goes through `rounds`, the last of them again and again. */
function begin(...rounds: Round[]) {
  const clock = new HandClock();
  const offered: string[] = [];
  const logged: string[] = [];
  let listened = 0;
  let wake = Promise.withResolvers<void>();
  const watch = new SourceWatch({
    name: "central",
    taker: {
      offer: (_, said) => {
        offered.push("problem" in said ? said.problem : said.origin);
        return Promise.resolve({ outcome: "unchanged", version: 1 });
      },
    },
    clock,
    log: pino({}, { write: (line: string) => void logged.push((JSON.parse(line) as { msg: string }).msg) }),
    runner: {
      listen: (_, signal) => {
        const round = rounds[Math.min(listened++, rounds.length - 1)]!;
        wake.resolve();
        wake = Promise.withResolvers();
        return round(signal);
      },
    },
  });
  return {
    watch,
    clock,
    offered,
    logged,
    times: () => listened,
    /** Resolves when it is listened to once more. */
    listenedAgain: () => wake.promise,
  };
}

describe("a config source", () => {
  test("that is silent holds up the start for 10 s, and no longer", async () => {
    const { watch, clock, logged } = begin(silentSource);
    let isStarted = false;
    const started = watch.start().then(() => (isStarted = true));
    clock.pass(9_999);
    await new Promise((turned) => setImmediate(turned));
    expect([isStarted, logged]).toEqual([false, []]);
    clock.pass(1);
    await started;
    expect(logged).toEqual(["the config source central sent no document within 10000 ms"]);
    expect(clock.timers).toBe(0);
    await watch.stop();
  });

  test("that is silent holds up a reload for 10 s, and no longer", async () => {
    const { watch, clock } = begin((signal) => says("first", signal), silentSource);
    await watch.start();
    let isOver = false;
    const asked = watch.again().then(() => (isOver = true));
    clock.pass(9_999);
    await new Promise((turned) => setImmediate(turned));
    expect(isOver).toBe(false);
    clock.pass(1);
    await asked;
    await watch.stop();
  });

  test("that ends by itself is asked again after 5 s, and no sooner", async () => {
    const { watch, clock, offered, times, listenedAgain } = begin(
      () => says("first"),
      () => says("next"),
    );
    await watch.start();
    await clock.timer();
    clock.pass(RETRY_MS - 1);
    await new Promise((turned) => setImmediate(turned));
    expect([times(), offered]).toEqual([1, ["first"]]);
    const again = listenedAgain();
    clock.pass(1);
    await again;
    await clock.timer();
    expect([times(), offered]).toEqual([2, ["first", "next"]]);
    await watch.stop();
    expect(clock.timers).toBe(0);
  });

  test("that ends and offers the same document again is taken once, and again at a reload", async () => {
    const { watch, clock, offered, listenedAgain } = begin(() => says("bad"));
    await watch.start();
    for (let rounds = 0; rounds < 3; rounds++) {
      await clock.timer();
      const again = listenedAgain();
      clock.pass(RETRY_MS);
      await again;
    }
    await clock.timer();
    expect(offered).toEqual(["bad"]);
    await watch.again();
    expect(offered).toEqual(["bad", "bad"]);
    await watch.stop();
  });

  test("that ends without a document does not hold up the start", async () => {
    const { watch, offered } = begin(async function* () {});
    await watch.start();
    expect(offered).toEqual([]);
    await watch.stop();
  });

  test("that fails repeatedly for one reason is reported once, and once more after a good document", async () => {
    const failing = () => fails("gone");
    const rounds = [failing, failing, failing, () => says("back"), failing, failing];
    const { watch, clock, offered, logged, listenedAgain } = begin(...rounds);
    await watch.start();
    for (const _ of rounds) {
      await clock.timer();
      const again = listenedAgain();
      clock.pass(RETRY_MS);
      await again;
    }
    expect(offered).toEqual(["gone", "back", "gone"]);
    expect(logged).toEqual(Array(2).fill("the config source central failed: gone"));
    await watch.stop();
  });

  test("is asked at once by a reload, even if it has failed meanwhile", async () => {
    let asked: Promise<void> | undefined;
    const { watch, offered } = begin(
      (signal) => says("first", signal),
      async function* (signal) {
        // Asked again before the failure is known.
        asked = watch.again();
        yield* fails(signal.aborted ? "late" : "early");
      },
      (signal) => says("next", signal),
    );
    await watch.start();
    await watch.again();
    await asked;
    expect(offered).toEqual(["first", "late", "next"]);
    await watch.stop();
  });
});
