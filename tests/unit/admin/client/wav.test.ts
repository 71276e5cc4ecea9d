import { describe, expect, test } from "bun:test";
import { WavMeter, withWavSizes } from "../../../../admin/client/mod.ts";
import { WavEncoder } from "../../../../core/audio/encode/wav.ts";

/** A second of sound as the engine streams it, in pieces of so many bytes. */
function pieces(size: number): Uint8Array[] {
  const encoder = new WavEncoder(16_000);
  const whole = Buffer.concat([encoder.encode(new Float32Array(16_000)), encoder.finish()]);
  return Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
    whole.subarray(at * size, (at + 1) * size),
  );
}

describe("a wav that is streamed", () => {
  test.each([7, 44, 1_000, 100_000])("reports how much sound has come, in pieces of %i bytes", (size) => {
    const meter = new WavMeter();
    expect(meter.seconds).toBe(0);
    for (const piece of pieces(size)) meter.add(piece);
    expect(meter.seconds).toBe(1);
  });

  test("has no sound before its header is whole", () => {
    const meter = new WavMeter();
    meter.add(pieces(44)[0]!);
    expect(meter.seconds).toBe(0);
  });

  test("gets its true sizes at the end", () => {
    const wav = withWavSizes(Buffer.concat(pieces(1_000)));
    const view = new DataView(wav.buffer, wav.byteOffset);
    expect(view.getUint32(4, true)).toBe(wav.length - 8);
    expect(view.getUint32(40, true)).toBe(32_000);
  });
});
