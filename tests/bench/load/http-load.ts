/**
 * A process that calls an engine over HTTP.
 *
 * @module
 */
import { percentile } from "../statistics.ts";
import { texts } from "../texts.ts";
import { serveTasks } from "./child.ts";
import { getRequest, HttpConnection, speechRequest } from "./http-connection.ts";
import { WARM_UP_MS, Window } from "./window.ts";

/** Bytes of a second of sound of the voice slt: `pcm` is 24,000 samples of 16 bits, `mp3` has 64 kbit/s at its 16 kHz. */
const BYTES_PER_SECOND = { pcm: 48_000, mp3: 8_000 };

const tasks = {
  /** Speaks with some clients at once. @returns seconds of audio a second */
  async speak({ url, clients, seconds, seed, format = "pcm" }: SpeakLoad): Promise<number> {
    const window = new Window();
    const source = texts(seed);
    const bytesPerSecond = BYTES_PER_SECOND[format];
    const client = async () => {
      const connection = await HttpConnection.open(url, (bytes) => window.add(bytes / bytesPerSecond));
      while (!window.over) {
        const body = { input: source.next().value, voice: "slt", response_format: format };
        expectOk((await connection.send(speechRequest(url, body))).status);
      }
      connection.close();
    };
    const running = Array.from({ length: clients }, client);
    const { perSecond } = await window.measure(seconds);
    await Promise.all(running);
    return perSecond;
  },

  /** Speaks texts one after another. @returns for each, ms from the request to the first byte of audio */
  async firstBytes({ url, format, count, seed }: FirstBytesLoad): Promise<number[]> {
    const source = texts(seed);
    const connection = await HttpConnection.open(url);
    const times: number[] = [];
    while (times.length < count) {
      const body = { input: source.next().value, voice: "slt", response_format: format };
      const { status, firstByteMs } = await connection.send(speechRequest(url, body));
      expectOk(status);
      times.push(firstByteMs);
    }
    connection.close();
    return times;
  },

  /** Speaks with some clients at once. @returns ms from each request to the end of its audio, and how many failed */
  async times({ url, clients, seconds, seed }: SpeakLoad): Promise<{ times: number[]; failed: number }> {
    const source = texts(seed);
    const times: number[] = [];
    let failed = 0;
    const end = performance.now() + seconds * 1000;
    const client = async () => {
      const connection = await HttpConnection.open(url);
      while (performance.now() < end) {
        const body = { input: source.next().value, voice: "slt", response_format: "pcm" };
        const began = performance.now();
        const { status } = await connection.send(speechRequest(url, body));
        if (status === 200) times.push(performance.now() - began);
        else failed++;
      }
      connection.close();
    };
    await Promise.all(Array.from({ length: clients }, client));
    return { times, failed };
  },

  /** Asks for the shortest of utterances without a pause, on some connections. @returns when new ones were begun */
  async begin({ url, voice, clients, seconds }: BeginLoad): Promise<Beginnings> {
    const begun: { at: number; generation: number }[] = [];
    const request = speechRequest(url, { input: "a", voice, response_format: "pcm" });
    const end = performance.now() + seconds * 1000;
    const client = async () => {
      const connection = await HttpConnection.open(url);
      while (performance.now() < end) {
        const asked = performance.now();
        const { status, firstByteMs, generation } = await connection.send(request);
        expectOk(status);
        begun.push({ at: asked + firstByteMs, generation });
      }
      connection.close();
    };
    await Promise.all(Array.from({ length: clients }, client));
    begun.sort((a, b) => a.at - b.at);
    const gaps = begun.slice(1).map(({ at, generation }, index) => {
      const before = begun[index]!;
      return { ms: at - before.at, handOver: generation > before.generation };
    });
    return {
      utterances: begun.length,
      longestMs: Math.max(...gaps.map(({ ms }) => ms)),
      usualMs: percentile(
        gaps.map(({ ms }) => ms),
        50,
      ),
      handOversMs: gaps.filter(({ handOver }) => handOver).map(({ ms }) => ms),
    };
  },

  /** Gets a path again and again, a few ms after each answer. @returns for each, ms from the request to its answer */
  async answerTimes({ url, path, seconds, pauseMs }: AnswerTimesLoad): Promise<number[]> {
    const request = getRequest(url, path);
    const connection = await HttpConnection.open(url);
    const times: number[] = [];
    // A load beside it counts from then on, too.
    await Bun.sleep(WARM_UP_MS);
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) {
      await Bun.sleep(pauseMs);
      const { status, ms } = await connection.send(request);
      expectOk(status);
      times.push(ms);
    }
    connection.close();
    return times;
  },

  /** Gets a path with some clients at once. @returns answers a second */
  async get({ url, path, clients, seconds }: GetLoad): Promise<number> {
    const window = new Window();
    const request = getRequest(url, path);
    const client = async () => {
      const connection = await HttpConnection.open(url);
      while (!window.over) {
        expectOk((await connection.send(request)).status);
        window.add(1);
      }
      connection.close();
    };
    const running = Array.from({ length: clients }, client);
    const { perSecond } = await window.measure(seconds);
    await Promise.all(running);
    return perSecond;
  },
};

interface SpeakLoad {
  url: string;
  clients: number;
  seconds: number;
  seed: number;
  /** Default: pcm. */
  format?: keyof typeof BYTES_PER_SECOND;
}

interface BeginLoad {
  url: string;
  voice: string;
  clients: number;
  seconds: number;
}

interface Beginnings {
  utterances: number;
  /** The longest time in which no utterance was begun though some were requested, in ms. */
  longestMs: number;
  /** From one utterance to the next, in ms, the median. */
  usualMs: number;
  /** From the last utterance of one generation to the first of the next, in ms, a swap each. */
  handOversMs: number[];
}

interface FirstBytesLoad {
  url: string;
  format: string;
  count: number;
  seed: number;
}

interface AnswerTimesLoad {
  url: string;
  path: string;
  seconds: number;
  pauseMs: number;
}

interface GetLoad {
  url: string;
  path: string;
  clients: number;
  seconds: number;
}

function expectOk(status: number): void {
  if (status !== 200) throw new Error(`The engine answered with status ${status}: 200 is needed`);
}

export type HttpLoad = typeof tasks;
serveTasks(tasks);
