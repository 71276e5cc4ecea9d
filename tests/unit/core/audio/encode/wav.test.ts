import { expect, test } from "bun:test";
import fc from "fast-check";
import { createEncoder, patchWavSizes, WAV_HEADER_BYTES } from "../../../../../core/audio/encode/mod.ts";
import { toS16 } from "../../../../../core/audio/encode/pcm.ts";

const join = (parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** Reads a header the way a player does. */
function readHeader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  return {
    names: [name(0), name(8), name(12), name(36)],
    riffBytes: view.getUint32(4, true),
    formatBytes: view.getUint32(16, true),
    coding: view.getUint16(20, true),
    channels: view.getUint16(22, true),
    sampleRate: view.getUint32(24, true),
    bytesPerSecond: view.getUint32(28, true),
    bytesPerFrame: view.getUint16(32, true),
    bits: view.getUint16(34, true),
    dataBytes: view.getUint32(40, true),
  };
}

const header = {
  names: ["RIFF", "WAVE", "fmt ", "data"],
  riffBytes: 0xffff_ffff,
  formatBytes: 16,
  coding: 1,
  channels: 1,
  sampleRate: 22_050,
  bytesPerSecond: 44_100,
  bytesPerFrame: 2,
  bits: 16,
  dataBytes: 0xffff_ffff,
};

test("a stream begins with a header of unknown length, then the samples follow", async () => {
  const encoder = await createEncoder("wav", 22_050);
  expect(encoder).toMatchObject({ contentType: "audio/wav", sampleRate: 22_050 });
  const samples = Float32Array.of(0.1, -0.2);
  const start = encoder.encode(samples);
  expect(readHeader(start)).toEqual(header);
  expect(start.subarray(WAV_HEADER_BYTES)).toEqual(toS16(samples));
  expect(encoder.encode(samples)).toEqual(toS16(samples));
  expect(encoder.finish()).toEqual(new Uint8Array(0));
  expect(() => encoder.encode(samples)).toThrow("finished");
  expect(() => encoder.finish()).toThrow("finished");
});

test("a stream without samples is a header", async () => {
  expect(readHeader((await createEncoder("wav", 22_050)).finish())).toEqual(header);
});

test("how the samples are handed over makes no difference", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.float32Array({ noNaN: true, maxLength: 50 }), { maxLength: 8 }),
      async (chunks) => {
        const whole = await createEncoder("wav", 16_000);
        const split = await createEncoder("wav", 16_000);
        const all = Float32Array.from(chunks.flatMap((chunk) => [...chunk]));
        expect(join([...chunks.map((chunk) => split.encode(chunk)), split.finish()])).toEqual(
          join([whole.encode(all), whole.finish()]),
        );
      },
    ),
  );
});

test("the sizes can be written when they are known", async () => {
  const encoder = await createEncoder("wav", 22_050);
  const file = join([encoder.encode(new Float32Array(500)), encoder.finish()]);
  patchWavSizes(file.subarray(0, WAV_HEADER_BYTES), file.length - WAV_HEADER_BYTES);
  expect(readHeader(file)).toEqual({ ...header, riffBytes: file.length - 8, dataBytes: 1000 });
});

test("what is over 4 GiB stays of unknown length", async () => {
  const start = (await createEncoder("wav", 22_050)).finish();
  patchWavSizes(start, 2 ** 32);
  expect(readHeader(start)).toEqual(header);
});

test("sizes are not written into what is no WAV", () => {
  expect(() => patchWavSizes(new Uint8Array(44), 0)).toThrow("header");
  expect(() => patchWavSizes(new TextEncoder().encode("RIFF"), 0)).toThrow("header");
});
