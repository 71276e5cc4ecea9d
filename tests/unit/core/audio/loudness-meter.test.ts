import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LoudnessMeter } from "../../../../core/audio/loudness-meter.ts";

/** What one channel of a stereo tone lacks. */
const MONO_DB = 10 * Math.log10(2);

/** @param parts level in dBFS and length in s of each part of a 1 kHz sine */
function tone(rate: number, ...parts: (readonly [level: number, seconds: number])[]): Float32Array {
  const levels = parts.flatMap(([level, seconds]) => Array<number>(Math.round(seconds * rate)).fill(level));
  return Float32Array.from(
    levels,
    (level, i) => 10 ** (level / 20) * Math.sin((2 * Math.PI * 1000 * i) / rate),
  );
}

/** Loud and quiet by turns, with something at every frequency; the same for the same seed. */
function babble(length: number, seed: number): Float32Array {
  let state = seed | 1;
  return Float32Array.from({ length }, (_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state / 2 ** 31) * 0.4 * (0.55 + 0.45 * Math.sin(i / 3000));
  });
}

function loudness(rate: number, ...chunks: Float32Array[]): number | undefined {
  const meter = new LoudnessMeter(rate);
  for (const chunk of chunks) meter.push(chunk);
  return meter.integrated();
}

describe.each([8000, 11_025, 16_000, 22_050, 44_100, 48_000])("at %d Hz", (rate) => {
  // EBU Tech 3341, table 1, cases 1 to 5, whose signals are the same in both of two channels.
  test.each([
    ["a steady tone", -23, [[-23, 20]]],
    ["a quieter tone", -33, [[-33, 20]]],
    [
      "a tone between two that the relative gate leaves out",
      -23,
      [
        [-36, 10],
        [-23, 60],
        [-36, 10],
      ],
    ],
    [
      "the same between two that the absolute gate leaves out",
      -23,
      [
        [-72, 10],
        [-36, 10],
        [-23, 60],
        [-36, 10],
        [-72, 10],
      ],
    ],
    [
      "a loud tone between two that count as well",
      -23,
      [
        [-26, 20],
        [-20, 20.1],
        [-26, 20],
      ],
    ],
  ] as const)("%s has the loudness that EBU Tech 3341 gives for it, to 0.1 LU", (_, lufs, parts) => {
    expect(Math.abs((loudness(rate, tone(rate, ...parts)) ?? NaN) - (lufs - MONO_DB))).toBeLessThan(0.1);
  });
});

describe("loudness", () => {
  test("of silence, of nothing, and of what is below -70 LUFS there is none", () => {
    expect(loudness(16_000)).toBeUndefined();
    expect(loudness(16_000, new Float32Array(32_000))).toBeUndefined();
    expect(loudness(16_000, tone(16_000, [-68, 3]))).toBeUndefined();
  });

  test("of a sound shorter than a block is that of the sound, not of the silence around it", () => {
    const short = loudness(16_000, tone(16_000, [-23, 0.3])) ?? NaN;
    expect(Math.abs(short - (-23 - MONO_DB))).toBeLessThan(0.1);
  });

  test("is that of blocks of 400 ms: gaps within one lower it, and are not gated", () => {
    const bursts = Array.from(
      { length: 40 },
      () =>
        [
          [-20, 0.1],
          [-200, 0.3],
        ] as const,
    ).flat();
    const quarter = -20 - MONO_DB + 10 * Math.log10(1 / 4);
    expect(Math.abs((loudness(16_000, tone(16_000, ...bursts)) ?? NaN) - quarter)).toBeLessThan(0.1);
  });

  test("is that of blocks that overlap by three quarters", () => {
    // Of a second amid silence, 7 blocks hold all of what they can, and 2 each three, two and one quarter of it.
    const sound = tone(16_000, [-200, 2], [-20, 1], [-200, 2]);
    const wanted = -20 - MONO_DB + 10 * Math.log10((7 + 2 * (0.75 + 0.5 + 0.25)) / 13);
    expect(Math.abs((loudness(16_000, sound) ?? NaN) - wanted)).toBeLessThan(0.1);
  });

  test("does not sink when silence is added", () => {
    const speech = tone(16_000, [-23, 4]);
    const before = loudness(16_000, speech) ?? NaN;
    expect(Math.abs((loudness(16_000, speech, new Float32Array(80_000)) ?? NaN) - before)).toBeLessThan(0.5);
  });

  test("shifts by x LU when the sound is x dB louder", () => {
    fc.assert(
      fc.property(fc.double({ min: -20, max: 6, noNaN: true }), fc.integer(), (db, seed) => {
        const sound = babble(24_000, seed);
        const louder = sound.map((sample) => sample * 10 ** (db / 20));
        expect(loudness(16_000, louder)! - loudness(16_000, sound)!).toBeCloseTo(db, 4);
      }),
      { numRuns: 30 },
    );
  });

  test("is the same to the bit however the stream is cut", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(8000, 11_025, 16_000, 22_050),
        fc.nat(20_000),
        fc.array(fc.nat(20_000), { maxLength: 10 }),
        (rate, length, cuts) => {
          const sound = babble(length, length);
          const ends = [...cuts.map((cut) => Math.min(cut, length)), length].sort((a, b) => a - b);
          const chunks = ends.map((end, i) => sound.subarray(ends[i - 1] ?? 0, end));
          expect(loudness(rate, ...chunks)).toBe(loudness(rate, sound));
        },
      ),
      { numRuns: 50 },
    );
  });
});
