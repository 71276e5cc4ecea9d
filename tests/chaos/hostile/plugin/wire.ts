/**
 * The protocol by hand. Every read and write blocks the whole process, so a behaviour is the only thing that happens.
 *
 * @module
 */
import { readSync, writeSync } from "node:fs";

const CORE = 3;
const HEADER_BYTES = 9;
export const MESSAGE = 1;
export const AUDIO = 2;
export const BYTES = 3;
/** Hz. */
const RATE = 16_000;

export interface Incoming {
  call: number;
  message: { type: string; method?: string };
}

/** @param length of the payload, as the header states it, in bytes */
export function header(length: number, type: number, call: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length, true);
  view.setUint8(4, type);
  view.setUint32(5, call, true);
  return bytes;
}

export function frame(type: number, call: number, payload: Uint8Array | string): Uint8Array {
  const bytes = typeof payload === "string" ? Buffer.from(payload) : payload;
  return Buffer.concat([header(bytes.length, type, call), bytes]);
}

export function message(call: number, value: object): Uint8Array {
  return frame(MESSAGE, call, JSON.stringify(value));
}

/** Samples of the largest frame: 1 MiB. */
const MOST_SAMPLES = 262_144;

/** @param sample gives each of the samples. Default: a tone */
export function audio(call: number, samples: number, sample = tone): Uint8Array {
  const floats = Float32Array.from({ length: samples }, (_, index) => sample(index));
  const frames: Uint8Array[] = [];
  for (let at = 0; at < samples; at += MOST_SAMPLES)
    frames.push(frame(AUDIO, call, new Uint8Array(floats.slice(at, at + MOST_SAMPLES).buffer)));
  return Buffer.concat(frames);
}

function tone(index: number): number {
  return 0.2 * Math.sin(index / 5);
}

/** Writes all of it, however long that takes. Ends the process when nobody reads any more. */
export function write(...pieces: readonly Uint8Array[]): void {
  for (const bytes of pieces) writeTo(CORE, bytes);
}

export function writeTo(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") process.exit(0);
    }
  }
}

/** Writes without end, in large pieces. */
export function flood(fd: number, piece: Uint8Array): never {
  const many = Buffer.concat(Array.from({ length: Math.ceil(65_536 / piece.length) }, () => piece));
  for (;;) writeTo(fd, many);
}

export function say(call: number, value: object): void {
  write(message(call, value));
}

export function hello(): void {
  say(0, { type: "hello", protocol: 1, api: "1.0.0", sdk: "none" });
}

/** Answers to load, as it should but for `change`. */
export function loaded(call: number, change: object = {}): void {
  const speakers = [{ id: "hostile", language: "en" }];
  const value = { sampleRate: RATE, speakers, device: "cpu", concurrency: 1, ...change };
  say(call, { type: "result", value });
}

export function sound(call: number, samples: number, sample?: (index: number) => number): void {
  write(audio(call, samples, sample));
}

/** Waits for the next message of the core. Ends the process when there will be none. */
export function receive(): Incoming {
  const head = exactly(HEADER_BYTES);
  const view = new DataView(head.buffer);
  const payload = exactly(view.getUint32(0, true));
  return { call: view.getUint32(5, true), message: JSON.parse(Buffer.from(payload).toString()) };
}

function exactly(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const count = readSync(CORE, bytes, at, length - at, null);
    if (count === 0) process.exit(0);
    at += count;
  }
  return bytes;
}
