/**
 * The thread that encodes. It does only what it is asked for, one message after another.
 *
 * @module
 */
import { asSyrinxError } from "../../errors.ts";
import { AudioEncoder } from "../audio-encoder.ts";
import type { FromEncoder, ToEncoder } from "./encode-messages.ts";

declare const self: Worker;

const RATE = 16_000;

const streams = new Map<number, Promise<AudioEncoder>>();

self.onmessage = async ({ data }: MessageEvent<ToEncoder>) => {
  const { stream } = data;
  try {
    await handle(data);
  } catch (error) {
    const { code, message } = asSyrinxError(error);
    reply({ type: "failed", stream, code, message });
  }
};

await loadMp3();
reply({ type: "ready" });

async function handle(message: ToEncoder): Promise<void> {
  const { stream, type } = message;
  if (type === "open") {
    const { format, voiceRate, sampleRate } = message;
    const opened = AudioEncoder.create(format, voiceRate, sampleRate);
    streams.set(stream, opened);
    // The first message that needs the encoder answers with the error.
    opened.catch(() => {});
    return;
  }
  const encoder = await streams.get(stream)!;
  if (type === "encode") sendBytes(stream, encoder.encode(message.samples));
  else if (type === "finish") sendBytes(stream, encoder.finish());
  else {
    streams.delete(stream);
    encoder.release();
  }
}

/** Has the library loaded and compiled, so that the first stream does not wait for that. */
async function loadMp3(): Promise<void> {
  const encoder = await AudioEncoder.create("mp3", RATE);
  void [...encoder.encode(new Float32Array(RATE))];
  encoder.release();
}

function sendBytes(stream: number, parts: Iterable<Uint8Array<ArrayBuffer>>): void {
  const all = [...parts];
  const bytes = all.length === 1 ? all[0]! : new Uint8Array(Buffer.concat(all));
  reply({ type: "bytes", stream, bytes }, [bytes.buffer]);
}

function reply(message: FromEncoder, transfer: ArrayBuffer[] = []): void {
  self.postMessage(message, transfer);
}
