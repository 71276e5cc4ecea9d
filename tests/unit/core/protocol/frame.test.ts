import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  encodeFrame,
  FRAME,
  type Frame,
  FrameDecoder,
  type FrameType,
  HEADER_BYTES,
  MAX_DATA_BYTES,
  samplesOf,
} from "../../../../core/protocol/frame.ts";

const callIds = fc.integer({ min: 0, max: 0xffff_ffff });
const frames: fc.Arbitrary<Frame[]> = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constantFrom<FrameType>(FRAME.message, FRAME.bytes),
      call: callIds,
      payload: fc.uint8Array({ maxLength: 300 }),
    }),
    fc.record({
      type: fc.constant<FrameType>(FRAME.audio),
      call: callIds,
      payload: fc
        .array(fc.float({ noNaN: true }), { maxLength: 60 })
        .map((samples) => new Uint8Array(Float32Array.from(samples).buffer)),
    }),
  ),
  { maxLength: 12 },
);

/** Cuts `bytes` at the places, which may repeat: an empty chunk must do no harm. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((at) => at % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

/** @returns the frames of a stream that arrives in these chunks */
function framesOf(chunks: readonly Uint8Array[], decoder = new FrameDecoder()): Frame[] {
  return chunks.flatMap((chunk) => {
    const received: Frame[] = [];
    decoder.push(chunk);
    for (let frame = decoder.next(); frame; frame = decoder.next()) received.push(frame);
    return received;
  });
}

function header(length: number, type: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length, true);
  view.setUint8(4, type);
  view.setUint32(5, 7, true);
  return bytes;
}

describe("frames", () => {
  test("a frame is laid out as the protocol's README says: length, type, call id, payload, little-endian", () => {
    expect([...encodeFrame(FRAME.bytes, 0x01020304, Uint8Array.of(9, 8))]).toEqual([
      2, 0, 0, 0, 3, 4, 3, 2, 1, 9, 8,
    ]);
  });

  test("any frames, cut anywhere on their way, arrive as they were sent and in order", () => {
    fc.assert(
      fc.property(frames, fc.array(fc.nat(), { maxLength: 40 }), (sent, places) => {
        const wire = Buffer.concat(sent.map(({ type, call, payload }) => encodeFrame(type, call, payload)));
        const decoder = new FrameDecoder();
        expect(framesOf(cut(new Uint8Array(wire), places), decoder)).toEqual(sent);
        expect(decoder.clean).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("frames that arrive byte by byte are complete", () => {
    const wire = encodeFrame(FRAME.message, 1, Uint8Array.of(1, 2, 3));
    const received = framesOf([...wire].map((byte) => Uint8Array.of(byte)));
    expect(received).toEqual([{ type: FRAME.message, call: 1, payload: Uint8Array.of(1, 2, 3) }]);
  });

  test("a stream that ends within a frame did not end cleanly, wherever it ends", () => {
    const wire = encodeFrame(FRAME.bytes, 1, Uint8Array.of(1, 2, 3));
    for (let length = 1; length < wire.length; length++) {
      const decoder = new FrameDecoder();
      expect(framesOf([wire.subarray(0, length)], decoder)).toEqual([]);
      expect(decoder.clean, `after ${length} bytes`).toBe(false);
    }
    expect(new FrameDecoder().clean).toBe(true);
  });

  test("a decoded payload is a copy, so the buffer that it came in may be used again", () => {
    const wire = encodeFrame(FRAME.bytes, 1, Uint8Array.of(5, 6));
    const [frame] = framesOf([wire]);
    wire.fill(0);
    expect([...frame!.payload]).toEqual([5, 6]);
  });

  test("audio keeps every sample, wherever the frame began on the wire", () => {
    const samples = Float32Array.of(0, -1, 0.25, 1e-7);
    const wire = Buffer.concat([
      encodeFrame(FRAME.bytes, 1, Uint8Array.of(1)),
      encodeFrame(FRAME.audio, 1, new Uint8Array(samples.buffer)),
    ]);
    expect(samplesOf(framesOf([wire])[1]!)).toEqual(samples);
  });

  test("a payload of exactly the limit passes, and one byte more is refused on both ends", () => {
    const most = new Uint8Array(MAX_DATA_BYTES);
    const [frame] = framesOf([encodeFrame(FRAME.bytes, 1, most)]);
    expect(frame?.payload.byteLength).toBe(MAX_DATA_BYTES);
    expect(() => encodeFrame(FRAME.bytes, 1, new Uint8Array(MAX_DATA_BYTES + 1))).toThrow(
      expect.objectContaining({ code: "protocol-violation", message: expect.stringContaining("1048577") }),
    );
    expect(() => framesOf([header(MAX_DATA_BYTES + 1, FRAME.bytes)])).toThrow(
      expect.objectContaining({ code: "protocol-violation", message: expect.stringContaining("1048577") }),
    );
  });

  test("what follows a frame is not looked at before it is asked for", () => {
    const decoder = new FrameDecoder();
    decoder.push(Buffer.concat([encodeFrame(FRAME.bytes, 1, Uint8Array.of(1)), header(0, 255)]));
    expect(decoder.next()).toMatchObject({ call: 1 });
    expect(() => decoder.next()).toThrow(expect.objectContaining({ code: "protocol-violation" }));
  });

  test("an unknown type is refused", () => {
    for (const type of [0, 4, 255]) {
      expect(() => framesOf([header(0, type)])).toThrow(
        expect.objectContaining({
          code: "protocol-violation",
          message: expect.stringContaining(`type ${type}`),
        }),
      );
    }
  });

  test("audio with an incomplete sample is refused", () => {
    for (const length of [1, 2, 3, 4097]) {
      expect(() => framesOf([header(length, FRAME.audio)])).toThrow(
        expect.objectContaining({ code: "protocol-violation" }),
      );
    }
  });
});
