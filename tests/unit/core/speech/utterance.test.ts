import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { SyrinxError } from "../../../../core/errors.ts";
import type { Instance } from "../../../../core/instances/instance.ts";
import { AudioStream } from "../../../../core/protocol/audio-stream.ts";
import { CREDIT_WINDOW_BYTES } from "../../../../core/protocol/credit.ts";
import { ServingGeneration } from "../../../../core/slots/generation.ts";
import type { LeasedVoice } from "../../../../core/speech/leased-voice.ts";
import { Scheduler } from "../../../../core/speech/scheduler.ts";
import { speakUtterance } from "../../../../core/speech/utterance.ts";
import { settled } from "../../../support/settled.ts";
import { until } from "../../../support/until.ts";
import { bindingOf } from "../releases/releases.ts";

const TIME_UP = new SyrinxError("plugin-timeout", "was not drained");
const KILLED = new SyrinxError("plugin-crashed", "was killed");
/** More than the window, so that the sender waits for a reader that does not read. */
const LONG = new Float32Array(CREDIT_WINDOW_BYTES / 4);

interface Call {
  text: string;
  stream: AudioStream;
  /** Bytes that were given back. */
  credit: number;
  cancelled: boolean;
}

/** A generation whose process does what the test says. */
class FakeVoice {
  readonly calls: Call[] = [];
  /** Of each lease that was given back, whether it went well. */
  readonly outcomes: (boolean | undefined)[] = [];
  readonly generation: ServingGeneration;
  readonly scheduler: Scheduler;
  readonly #process = { closed: false };
  #called = Promise.withResolvers<void>();

  constructor(
    readonly number: number,
    concurrency = 2,
    private readonly answer: (call: Call) => void = () => {},
  ) {
    this.generation = new ServingGeneration(number, bindingOf(String(number)), this.#instance(), (ok) =>
      this.outcomes.push(ok),
    );
    this.scheduler = new Scheduler(concurrency);
  }

  #instance(): Instance {
    const loaded = { sampleRate: 16_000, speakers: [], device: "cpu", concurrency: 2 };
    const speak = ({ text }: { text: string }) => {
      const call: Call = { text, credit: 0, cancelled: false, stream: undefined as never };
      call.stream = new AudioStream(
        (bytes) => (call.credit += bytes),
        () => (call.cancelled = true),
      );
      this.calls.push(call);
      this.#called.resolve();
      this.#called = Promise.withResolvers();
      this.answer(call);
      return call.stream;
    };
    return Object.assign(this.#process, { loaded, loudness: new Map(), speak }) as unknown as Instance;
  }

  /** Its stream breaks, and a moment later its end is known, which is the end of its generation. */
  async kill(): Promise<void> {
    this.#process.closed = true;
    for (const { stream } of this.calls) stream.fail(KILLED);
    await settled();
    this.generation.expire(KILLED);
  }

  hold(): LeasedVoice {
    const { scheduler, number } = this;
    const lease = this.generation.lease();
    return { lease, scheduler, sampleRate: 16_000, loudness: -number, language: "en" };
  }

  /** Resolves with its n-th call, past or to come. */
  async call(n: number): Promise<Call> {
    await until(`call ${n} comes`, () => this.calls.length > n, { next: () => this.#called.promise });
    return this.calls[n]!;
  }
}

function begin(segments: string[], first: FakeVoice, move: () => Promise<LeasedVoice> | LeasedVoice) {
  const leaving = new AbortController();
  let moves = 0;
  let begun = false;
  const sounds = speakUtterance({
    segments,
    speaker: undefined,
    speed: 1,
    voice: first.hold(),
    move: async () => {
      moves++;
      return move();
    },
    onBegun: () => (begun = true),
    signal: leaving.signal,
  });
  return { sounds, leave: () => leaving.abort(), moves: () => moves, begun: () => begun };
}

/** Who spoke, and what: the generation's number and the first sample. */
async function hear(sounds: AsyncGenerator<{ samples: Float32Array; voice: { loudness?: number } }>) {
  const heard = await Array.fromAsync(sounds, ({ samples, voice }) => [-(voice.loudness ?? 0), samples[0]]);
  return heard as [number, number][];
}

const none = () => Promise.reject(new SyrinxError("slot-loading", "there is no other"));
/** A voice that says each segment, which is a number, in one go. */
const promptly = ({ text, stream }: Call) => {
  stream.push(Float32Array.of(Number(text)));
  stream.end(undefined);
};

describe("an utterance", () => {
  test("is spoken by the generation that it began with, which it then gives back", async () => {
    const voice = new FakeVoice(1, 2, promptly);
    const { sounds, moves } = begin(["1", "2", "3"], voice, none);
    expect(voice.generation.inflight).toBe(1);
    expect(await hear(sounds)).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
    ]);
    expect(voice.generation.inflight).toBe(0);
    expect(moves()).toBe(0);
    expect(voice.outcomes).toEqual([true]);
  });

  test("tells when it was its turn, and a process has begun with it", async () => {
    const busy = new FakeVoice(1, 1);
    void begin(["9"], busy, none).sounds.next();
    const { sounds, begun } = begin(["1", "2"], busy, none);
    const first = sounds.next();
    const other = await busy.call(0);
    await settled();
    expect([busy.calls.length, begun()]).toEqual([1, false]);
    promptly(other);
    promptly(await busy.call(1));
    await first;
    expect(begun()).toBe(true);
    await sounds.return(undefined);
  });

  test("has its next segments spoken ahead where the voice is free, and they are heard in their order", async () => {
    // Three at once, and a place is kept free for others.
    const voice = new FakeVoice(1, 4);
    const { sounds } = begin(["1", "2", "3", "4", "5"], voice, none);
    const heard = hear(sounds);
    const third = await voice.call(2);
    await settled();
    expect(voice.calls.map(({ text }) => text)).toEqual(["1", "2", "3"]);
    promptly(third);
    promptly(await voice.call(1));
    promptly(await voice.call(0));
    for (const n of [3, 4]) promptly(await voice.call(n));
    expect(await heard).toEqual([1, 2, 3, 4, 5].map((n) => [1, n]));
  });

  test("is not spoken ahead while somebody else waits for the voice, or has just come", async () => {
    const voice = new FakeVoice(1, 3);
    void begin(["1", "2", "3"], voice, none).sounds.next();
    await voice.call(1);
    void begin(["4", "5"], voice, none).sounds.next();
    await voice.call(2);
    void begin(["6"], voice, none).sounds.next();
    await settled();
    expect(voice.calls.map(({ text }) => text)).toEqual(["1", "2", "4"]);
    promptly(voice.calls[0]!);
    await voice.call(3);
    await settled();
    expect(voice.calls.slice(3).map(({ text }) => text)).toEqual(["6"]);
    promptly(voice.calls[1]!);
    await voice.call(4);
    expect(voice.calls.slice(4).map(({ text }) => text)).toEqual(["3"]);
  });

  test("that is read slowly is not spoken further ahead than its bound, however many segments it has", async () => {
    const voice = new FakeVoice(1, 100, promptly);
    const segments = Array.from({ length: 50 }, (_, n) => String(n + 1));
    const { sounds } = begin(segments, voice, none);
    await sounds.next();
    await settled();
    expect(voice.calls).toHaveLength(9);
    await sounds.next();
    await settled();
    expect(voice.calls).toHaveLength(10);
    await sounds.return(undefined);
  });

  test("whose generation is over goes on with the next one, after what was spoken ahead", async () => {
    const [before, after] = [new FakeVoice(1), new FakeVoice(2, 2, promptly)];
    let moved = 0;
    before.generation.retire(() => moved++);
    const { sounds } = begin(["1", "2", "3", "4"], before, () => after.hold());
    const heard = hear(sounds);
    promptly(await before.call(0));
    const ahead = await before.call(1);
    before.generation.expire(TIME_UP);
    expect(before.generation.inflight).toBe(1);
    promptly(ahead);
    await before.generation.idle();
    expect(moved).toBe(1);
    expect(await heard).toEqual([
      [1, 1],
      [1, 2],
      [2, 3],
      [2, 4],
    ]);
    expect([before.calls.length, after.generation.inflight, moved]).toEqual([2, 0, 1]);
  });

  test("that is read slowly lets the old process go before it is heard, and loses nothing", async () => {
    const [before, after] = [new FakeVoice(1), new FakeVoice(2, 2, promptly)];
    const { sounds } = begin(["1", "2", "3"], before, () => after.hold());
    const first = sounds.next();
    const call = await before.call(0);
    call.stream.push(LONG.with(0, 1));
    await first;
    expect(call.credit).toBe(0);
    const ahead = await before.call(1);
    before.generation.expire(TIME_UP);
    for (let i = 0; i < 4; i++) call.stream.push(LONG.with(0, 1));
    call.stream.end(undefined);
    promptly(ahead);
    await before.generation.idle();
    expect(call.credit).toBe(5 * CREDIT_WINDOW_BYTES);
    // Only the first sample of each long sound, which comes in pieces, is not 0.
    const heard = (await hear(sounds)).filter(([, sample]) => sample !== 0);
    expect(heard).toEqual([...Array<[number, number]>(4).fill([1, 1]), [1, 2], [2, 3]]);
  });

  test("whose process is killed while it drains is gone on with, if nothing of the segment was heard", async () => {
    const [before, after] = [new FakeVoice(1), new FakeVoice(2, 2, promptly)];
    let moved = 0;
    before.generation.retire(() => moved++);
    const { sounds, moves } = begin(["1", "2", "3"], before, () => after.hold());
    const heard = hear(sounds);
    promptly(await before.call(0));
    await before.call(1);
    await before.kill();
    expect(await heard).toEqual([
      [1, 1],
      [2, 2],
      [2, 3],
    ]);
    // The segment that broke and the one after it asked at once.
    expect([moves(), moved]).toEqual([1, 1]);
    expect(before.outcomes).toEqual([false]);
  });

  test("of which a segment was half heard when its process was killed breaks, and is not counted as moved", async () => {
    const [before, after] = [new FakeVoice(1), new FakeVoice(2, 2, promptly)];
    let moved = 0;
    before.generation.retire(() => moved++);
    const { sounds } = begin(["1", "2", "3"], before, () => after.hold());
    await Promise.all([sounds.next(), before.call(0).then(half)]);
    await before.kill();
    await expect(hear(sounds)).rejects.toBe(KILLED);
    await settled();
    expect([before.generation.inflight, after.generation.inflight, moved]).toEqual([0, 0, 0]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "with a sample of %p breaks off there, and that counts against the voice",
    async (bad) => {
      const voice = new FakeVoice(1, 2, ({ stream }) => {
        stream.push(Float32Array.of(0.1));
        stream.push(Float32Array.of(0.1, bad, 0.1));
        stream.end(undefined);
      });
      const { sounds } = begin(["1"], voice, none);
      expect((await sounds.next()).done).toBe(false);
      await expect(sounds.next()).rejects.toMatchObject({
        code: "plugin-failed",
        message: expect.stringContaining("gave samples that are not numbers"),
      });
      expect([voice.generation.inflight, voice.outcomes]).toEqual([0, [false]]);
    },
  );

  test("of which nothing is heard at all fails, and that counts against the voice", async () => {
    const voice = new FakeVoice(1, 2, ({ stream }) => stream.end(undefined));
    const heard = hear(begin(["1", "2"], voice, none).sounds);
    await expect(heard).rejects.toMatchObject({
      code: "plugin-failed",
      message: expect.stringContaining("gave no audio"),
    });
    expect([voice.generation.inflight, voice.outcomes]).toEqual([0, [false]]);
  });

  test("is passed on in small pieces, whatever the voice sends at once", async () => {
    const voice = new FakeVoice(1, 2, ({ stream }) => {
      stream.push(Float32Array.from({ length: 40_000 }, (_, n) => n / 40_000));
      stream.end(undefined);
    });
    const pieces = await Array.fromAsync(begin(["1"], voice, none).sounds, ({ samples }) => samples);
    expect(Math.max(...pieces.map(({ length }) => length))).toBe(8_192);
    expect(pieces.flatMap((piece) => [...piece])).toEqual([
      ...Float32Array.from({ length: 40_000 }, (_, n) => n / 40_000),
    ]);
  });

  test("of which one segment never ends breaks after ten minutes of audio, and that counts against the voice", async () => {
    const voice = new FakeVoice(1, 2, async ({ stream }) => {
      for (let minute = 0; minute < 11; minute++) {
        stream.push(new Float32Array(60 * 16_000));
        while (stream.waitsForReader) await settled();
      }
      stream.end(undefined);
    });
    let seconds = 0;
    const listening = (async () => {
      for await (const { samples } of begin(["1"], voice, none).sounds) seconds += samples.length / 16_000;
    })();
    // expect().rejects would wait for the next timer at each turn of the loop, and here are many.
    const failure = await listening.catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "plugin-failed",
      message: "The voice beep@1.0.0 gave more than 10 minutes of audio for one segment",
    });
    expect(seconds).toBeCloseTo(600);
    expect(voice.outcomes).toEqual([false]);
  });

  test("of which one segment has no sound is spoken", async () => {
    const voice = new FakeVoice(1, 2, (call) =>
      call.text === "1" ? call.stream.end(undefined) : promptly(call),
    );
    expect(await hear(begin(["1", "2"], voice, none).sounds)).toEqual([[1, 2]]);
  });

  test("on which its voice hung is not spoken again, and ends with that reason", async () => {
    const voice = new FakeVoice(1);
    const heard = hear(begin(["1"], voice, none).sounds);
    const { stream } = await voice.call(0);
    const hung = new SyrinxError("plugin-timeout", "sent no audio");
    stream.isLate = true;
    stream.fail(hung);
    await expect(heard).rejects.toBe(hung);
    expect(voice.calls.length).toBe(1);
    await settled();
    expect([voice.generation.inflight, voice.outcomes]).toEqual([0, [false]]);
  });

  test("that waits for its turn, or for a process that died, moves at once", async () => {
    const after = new FakeVoice(2, 2, promptly);
    const busy = new FakeVoice(1, 1);
    void begin(["9"], busy, none).sounds.next();
    const turn = hear(begin(["1"], busy, () => after.hold()).sounds);
    await busy.call(0);
    busy.generation.expire(TIME_UP);
    expect(await turn).toEqual([[2, 1]]);

    const dead = new FakeVoice(1);
    const killed = dead.kill();
    const waiting = hear(begin(["1"], dead, () => after.hold()).sounds);
    await killed;
    expect(await waiting).toEqual([[2, 1]]);
    expect([dead.calls.length, dead.generation.inflight, after.generation.inflight]).toEqual([0, 0, 0]);
  });

  test("holds its generation while it has current segments, even after its time is up", async () => {
    for (let ticks = 0; ticks < 12; ticks++) {
      const [before, after] = [new FakeVoice(1), new FakeVoice(2, 2, promptly)];
      const heard = hear(begin(["1"], before, () => after.hold()).sounds);
      for (let i = 0; i < ticks; i++) await Promise.resolve();
      before.generation.expire(TIME_UP);
      await settled();
      expect(before.generation.inflight).toBe(before.calls.length);
      for (const call of before.calls) promptly(call);
      expect(await heard).toEqual([[before.calls.length === 1 ? 1 : 2, 1]]);
    }
  });

  test("that has nothing more to say when its generation is over does not move", async () => {
    const before = new FakeVoice(1);
    let moved = 0;
    before.generation.retire(() => moved++);
    const { sounds, moves } = begin(["1"], before, none);
    const heard = hear(sounds);
    const call = await before.call(0);
    before.generation.expire(TIME_UP);
    promptly(call);
    expect(await heard).toEqual([[1, 1]]);
    expect([moves(), moved]).toEqual([0, 0]);
  });

  test("that nobody can go on with ends with the reason, after all that was spoken", async () => {
    const before = new FakeVoice(1);
    const why = new SyrinxError("voice-not-found", 'There is no speaker "low"');
    const { sounds } = begin(["1", "2"], before, () => Promise.reject(why));
    const call = before.call(0).then(half);
    expect((await sounds.next()).value?.samples[0]).toBe(1);
    before.generation.expire(TIME_UP);
    (await call).stream.push(Float32Array.of(1));
    (await call).stream.end(undefined);
    expect((await sounds.next()).value?.samples[0]).toBe(1);
    await expect(sounds.next()).rejects.toBe(why);
    expect(before.generation.inflight).toBe(0);
  });

  test("that is cancelled while it moves gives back what it is then given", async () => {
    const [before, after] = [new FakeVoice(1), new FakeVoice(2)];
    const other = Promise.withResolvers<LeasedVoice>();
    before.generation.expire(TIME_UP);
    const { sounds, leave } = begin(["1"], before, () => other.promise);
    const next = sounds.next();
    await settled();
    expect(before.generation.inflight).toBe(0);
    leave();
    other.resolve(after.hold());
    await expect(next).rejects.toMatchObject({ code: "cancelled" });
    expect([before.generation.inflight, after.generation.inflight]).toEqual([0, 0]);
  });

  test("moves as often as it must: all of it is heard in order, each segment by one generation", async () => {
    const scripts = fc.record({
      segments: fc.integer({ min: 1, max: 7 }),
      chunks: fc.integer({ min: 1, max: 3 }),
      concurrency: fc.integer({ min: 1, max: 2 }),
      /** After how many chunks that were heard the generation is over. */
      overAfter: fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(scripts, async ({ segments, chunks, concurrency, overAfter }) => {
        const slowly = async ({ text, stream }: Call) => {
          for (let i = 0; i < chunks; i++) {
            await Promise.resolve();
            stream.push(Float32Array.of(Number(text)));
          }
          stream.end(undefined);
        };
        const voices = [new FakeVoice(1, concurrency, slowly)];
        const texts = Array.from({ length: segments }, (_, i) => String(i));
        const { sounds } = begin(texts, voices[0]!, () => voices.at(-1)!.hold());
        const heard: [number, number][] = [];
        const next = () => {
          const last = voices.at(-1)!;
          voices.push(new FakeVoice(last.number + 1, concurrency, slowly));
          last.generation.expire(TIME_UP);
        };
        if (overAfter.includes(0)) next();
        for await (const { samples, voice } of sounds) {
          heard.push([-(voice.loudness ?? 0), samples[0]!]);
          if (overAfter.includes(heard.length)) next();
        }
        expect(heard.map(([, segment]) => segment)).toEqual(
          texts.flatMap((text) => Array<number>(chunks).fill(Number(text))),
        );
        const speakers = texts.map((text) => [
          ...new Set(heard.flatMap(([number, segment]) => (segment === Number(text) ? [number] : []))),
        ]);
        expect(speakers.map(({ length }) => length)).toEqual(texts.map(() => 1));
        const order = speakers.flat();
        expect(order).toEqual([...order].sort((a, b) => a - b));
        for (const { generation } of voices) expect(generation.inflight).toBe(0);
      }),
    );
  });
});

function half(call: Call): Call {
  call.stream.push(Float32Array.of(Number(call.text)));
  return call;
}
