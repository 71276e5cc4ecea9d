import { expect, test } from "bun:test";
import fc from "fast-check";
import { createEncoder } from "../../../../../core/audio/encode/mod.ts";
import { toS16 } from "../../../../../core/audio/encode/pcm.ts";

const toInt16 = (bytes: Uint8Array<ArrayBuffer>) => [
  ...new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2),
];

test("sound that was 16 bits comes back the same", () => {
  fc.assert(
    fc.property(fc.int16Array(), (numbers) => {
      expect(toInt16(toS16(Float32Array.from(numbers, (n) => n / 32_768)))).toEqual([...numbers]);
    }),
  );
});

test("any sample is off by half a step at most, or clipped, or silence", () => {
  fc.assert(
    fc.property(fc.float32Array(), (samples) => {
      toInt16(toS16(samples)).forEach((made, i) => {
        const wanted = Number.isNaN(samples[i])
          ? 0
          : Math.min(32_767, Math.max(-32_768, samples[i]! * 32_768));
        expect(Math.abs(made - wanted)).toBeLessThanOrEqual(0.5);
      });
    }),
  );
});

test("the low byte comes first", () => {
  expect([...toS16(Float32Array.of(0x1234 / 32_768))]).toEqual([0x34, 0x12]);
});

test("louder than full scale is clipped, not wrapped around", () => {
  expect(toInt16(toS16(Float32Array.of(1, -1, 9, -9, Infinity, -Infinity, NaN)))).toEqual([
    32_767, -32_768, 32_767, -32_768, 32_767, -32_768, 0,
  ]);
});

test("a PCM stream is bare samples and cannot go on after its end", async () => {
  const encoder = await createEncoder("pcm", 24_000);
  expect(encoder).toMatchObject({ contentType: "audio/pcm", sampleRate: 24_000 });
  expect(encoder.encode(new Float32Array(10))).toEqual(new Uint8Array(20));
  expect(encoder.finish()).toEqual(new Uint8Array(0));
  expect(() => encoder.encode(new Float32Array(1))).toThrow("finished");
  expect(() => encoder.finish()).toThrow("finished");
});
