/**
 * A process that calls an engine over HTTP.
 *
 * @module
 */
import { texts } from "../texts.ts";
import { serveTasks } from "./child.ts";
import { getRequest, HttpConnection, speechRequest } from "./http-connection.ts";
import { Window } from "./window.ts";

/** Bytes of a second of `pcm`: 24,000 samples of 16 bits. */
const PCM_BYTES_PER_SECOND = 48_000;

const tasks = {
  /** Speaks with some clients at once. @returns seconds of audio a second */
  async speak({ url, clients, seconds, seed }: SpeakLoad): Promise<number> {
    const window = new Window();
    const source = texts(seed);
    const client = async () => {
      const connection = await HttpConnection.open(url, (bytes) => window.add(bytes / PCM_BYTES_PER_SECOND));
      while (!window.over) {
        const body = { input: source.next().value, voice: "slt", response_format: "pcm" };
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
}

interface FirstBytesLoad {
  url: string;
  format: string;
  count: number;
  seed: number;
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
