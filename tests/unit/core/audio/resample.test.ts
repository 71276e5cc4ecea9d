import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Resampler } from "../../../../core/audio/resample.ts";

const RATES = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];
const pairs = RATES.flatMap((from) => RATES.map((to) => [from, to] as const)).filter(
  ([from, to]) => from !== to,
);

function sine(rate: number, hertz: number, seconds: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    { length: Math.round(rate * seconds) },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate),
  );
}

function resample(
  from: number,
  to: number,
  samples: Float32Array,
  cuts: number[] = [],
): Float32Array<ArrayBuffer> {
  const resampler = new Resampler(from, to);
  const edges = [0, ...cuts.map((cut) => cut % (samples.length + 1)).sort((a, b) => a - b), samples.length];
  const parts = edges.slice(1).map((end, i) => resampler.push(samples.slice(edges[i], end)));
  return Float32Array.from([...parts, resampler.flush()].flatMap((part) => [...part]));
}

/** Power of the middle, where neither end is felt, in dB of a full-scale square wave. */
function decibels(samples: Float32Array): number {
  const middle = samples.subarray(samples.length / 4, (3 * samples.length) / 4);
  return 10 * Math.log10(middle.reduce((sum, sample) => sum + sample ** 2, 0) / middle.length + 1e-30);
}

describe.each(pairs)("from %d to %d Hz", (from, to) => {
  const nyquist = Math.min(from, to) / 2;

  test("a tone stays that tone, in step with the input, 80 dB above what is added", () => {
    for (const share of [0.05, 0.3, 0.65]) {
      const output = resample(from, to, sine(from, share * nyquist, 0.2));
      const error = output.map(
        (sample, i) => sample - 0.5 * Math.sin((2 * Math.PI * share * nyquist * i) / to),
      );
      expect(decibels(output) - decibels(error)).toBeGreaterThan(80);
    }
  });

  test("the length is that of the sound", () => {
    for (const length of [0, 1, 2, 17, 1000, 5001]) {
      expect(resample(from, to, new Float32Array(length)).length).toBe(Math.round((length * to) / from));
    }
  });

  test("a constant stays that constant", () => {
    const middle = resample(from, to, new Float32Array(4000).fill(0.25)).subarray(500, 600);
    expect(middle).toHaveLength(100);
    for (const sample of middle) expect(sample).toBeCloseTo(0.25, 6);
  });

  if (to < from) {
    test("what the new rate cannot hold is gone, not folded back", () => {
      for (const share of [1.01, 1.1, 1.5]) {
        const hertz = share * (to / 2);
        if (hertz >= from / 2) continue;
        expect(decibels(resample(from, to, sine(from, hertz, 0.3)))).toBeLessThan(
          -80 + decibels(sine(from, hertz, 0.3)),
        );
      }
    });
  }
});

test("how the stream is cut makes no difference, to the bit", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...pairs),
      fc.nat(12_000),
      fc.array(fc.nat(), { maxLength: 12 }),
      ([from, to], length, cuts) => {
        const samples = Float32Array.from({ length }, (_, i) => Math.sin(i * i * 0.001) * 0.7);
        expect(resample(from, to, samples, cuts)).toEqual(resample(from, to, samples));
      },
    ),
    { numRuns: 60 },
  );
});

test("sample by sample is the same as all at once", () => {
  const samples = sine(16_000, 1234, 0.1);
  const cuts = Array.from(samples, (_, i) => i);
  expect(resample(16_000, 24_000, samples, cuts)).toEqual(resample(16_000, 24_000, samples));
});

test("sound comes out while more goes in, at most 10 ms behind", () => {
  const resampler = new Resampler(16_000, 24_000);
  const made = resampler.push(new Float32Array(16_000)).length;
  expect(made).toBeGreaterThan(24_000 * 0.99);
});

test("after its end a resampler starts again", () => {
  const samples = sine(24_000, 440, 0.05);
  const resampler = new Resampler(24_000, 16_000);
  const take = () => [...resampler.push(samples), ...resampler.flush()];
  expect(take()).toEqual(take());
});

test("equal rates change nothing", () => {
  const samples = sine(16_000, 440, 0.01);
  expect(resample(16_000, 16_000, samples)).toEqual(samples);
});

test("what is pushed may be overwritten afterwards", () => {
  const samples = sine(16_000, 440, 0.05);
  const resampler = new Resampler(16_000, 24_000);
  const scratch = samples.slice();
  const first = resampler.push(scratch);
  scratch.fill(1);
  expect(Float32Array.from([...first, ...resampler.flush()])).toEqual(resample(16_000, 24_000, samples));
});

test.each([0, -1, 16_000.5, Number.NaN, 1e9])("a rate of %d Hz is refused", (rate) => {
  expect(() => new Resampler(rate, 16_000)).toThrow("4000 to 192000");
  expect(() => new Resampler(16_000, rate)).toThrow("4000 to 192000");
});

test("a space for the output makes no difference to it, large enough or too small", () => {
  const sound = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { maxLength: 3000 });
  fc.assert(
    fc.property(sound, fc.integer({ min: 1, max: 900 }), fc.nat(2000), (values, cut, size) => {
      const samples = Float32Array.from(values);
      const [plain, spaced] = [new Resampler(16_000, 24_000), new Resampler(16_000, 24_000)];
      const space = new Float32Array(size);
      for (let at = 0; at < samples.length; at += cut) {
        const chunk = samples.subarray(at, at + cut);
        const output = spaced.push(chunk, space);
        expect(output).toEqual(plain.push(chunk));
        if (output.length <= size) expect(output.buffer).toBe(space.buffer);
      }
      expect(spaced.flush()).toEqual(plain.flush());
    }),
    { numRuns: 50 },
  );
});
