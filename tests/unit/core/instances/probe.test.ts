import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { findFault } from "../../../../core/instances/probe.ts";

const RATE = 16_000;
const TEXT = "1, 2, 3, 4.";

/** @returns a sine of `seconds` at `gain`, cut off at full scale as a sound card would */
function sine(seconds: number, gain = 0.3): Float32Array {
  return Float32Array.from({ length: seconds * RATE }, (_, i) =>
    Math.max(-1, Math.min(1, gain * Math.sin((2 * Math.PI * 220 * i) / RATE))),
  );
}

function faultOf(...chunks: Float32Array[]): string | undefined {
  return findFault(chunks, RATE, TEXT);
}

describe("a probe", () => {
  test("is passed by speech of a plain length and level, in one piece or in many", () => {
    expect(faultOf(sine(1))).toBeUndefined();
    const cuts = fc.array(fc.nat({ max: RATE }), { maxLength: 8 });
    fc.assert(
      fc.property(cuts, (places) => {
        const ends = [...places, RATE].sort((a, b) => a - b);
        const whole = sine(1);
        expect(
          faultOf(...ends.map((end, index) => whole.subarray(ends[index - 1] ?? 0, end))),
        ).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });

  test("is failed by no audio at all", () => {
    expect(faultOf()).toBe("no audio");
    expect(faultOf(new Float32Array(0))).toBe("no audio");
  });

  test("is failed by silence, however long, and by what nobody could hear", () => {
    expect(faultOf(new Float32Array(RATE))).toBe("silence");
    expect(faultOf(sine(1, 0.0005))).toBe("silence");
  });

  test("is failed by one sample that is no number", () => {
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      const audio = sine(1);
      audio[7] = bad;
      expect(faultOf(audio)).toContain("NaN or infinite");
    }
  });

  test("is failed by audio that is cut off at full scale, and not by a peak that touches it", () => {
    expect(faultOf(sine(1, 3))).toMatch(/^clipped audio \(7\d % at full scale\)$/);
    const peaks = sine(1, 0.5);
    peaks.fill(1, 0, 100);
    expect(faultOf(peaks)).toBeUndefined();
  });

  test("is failed by audio that is absurdly long or short for its text", () => {
    expect(faultOf(sine(30))).toBe("30.0 s of audio, which is absurdly long");
    expect(faultOf(sine(0.01))).toBe("10 ms of audio, which is absurdly short");
    expect(findFault([sine(0.2)], RATE, "")).toBeUndefined();
  });
});
