/**
 * Finds the peaks of the sound between its samples, at four times the rate, as ITU-R BS.1770-4, Annex 2, asks.
 *
 * @module
 */
import { besselI0 } from "./bessel.ts";

/** How many samples on either side an interpolated point is made of. */
export const PEAK_REACH = 12;

const TAPS = 2 * PEAK_REACH;
/** Kaiser's beta. With it, sound up to 0.8 of half the rate is interpolated to within 0.1 dB. */
const BETA = 4;
/** A row of weights for each of the points at a quarter, a half and three quarters between two samples. */
const ROWS = [0.25, 0.5, 0.75].map(weightsAt);
/**
 * A bound for the points between two samples: the larger magnitude of the two times `NEAR_WEIGHT`, plus the largest
 * magnitude within reach times `FAR_WEIGHT`.
 */
export const NEAR_WEIGHT = Math.max(
  ...ROWS.map((row) => sumOfMagnitudes(row.subarray(PEAK_REACH - 1, PEAK_REACH + 1))),
);
export const FAR_WEIGHT = Math.max(
  ...ROWS.map(
    (row) => sumOfMagnitudes(row.subarray(0, PEAK_REACH - 1)) + sumOfMagnitudes(row.subarray(PEAK_REACH + 1)),
  ),
);

/** How many samples on either side say most of a point. */
const INNER_REACH = 4;
const INNER_FROM = PEAK_REACH - INNER_REACH;
const INNER_TO = PEAK_REACH + INNER_REACH;
/** The most that the samples beyond them can add, for each unit of the largest magnitude within reach. */
const OUTER_WEIGHT = Math.max(
  ...ROWS.map(
    (row) => sumOfMagnitudes(row.subarray(0, INNER_FROM)) + sumOfMagnitudes(row.subarray(INNER_TO)),
  ),
);
/** More than the rounding errors of a sum. */
const ROUNDING = 1e-9;
const [EARLY, MIDDLE, LATE] = ROWS as [Float64Array, Float64Array, Float64Array];

/**
 * @param samples must hold those from `index + 1 - PEAK_REACH` to `index + PEAK_REACH`
 * @returns the largest magnitude of the three points between `index` and the sample after it
 */
export function peakAfter(samples: Float32Array, index: number): number {
  const first = index + 1 - PEAK_REACH;
  let a = 0;
  let b = 0;
  let c = 0;
  for (let i = 0; i < TAPS; i++) {
    const sample = samples[first + i]!;
    a += EARLY[i]! * sample;
    b += MIDDLE[i]! * sample;
    c += LATE[i]! * sample;
  }
  return Math.max(Math.abs(a), Math.abs(b), Math.abs(c));
}

/**
 * A bound for {@linkcode peakAfter} that takes a third of its time, because it adds up the nearest samples only.
 *
 * @param loudest the largest magnitude of those samples, or more
 */
export function peakBound(samples: Float32Array, index: number, loudest: number): number {
  const first = index + 1 - PEAK_REACH;
  let a = 0;
  let b = 0;
  let c = 0;
  for (let i = INNER_FROM; i < INNER_TO; i++) {
    const sample = samples[first + i]!;
    a += EARLY[i]! * sample;
    b += MIDDLE[i]! * sample;
    c += LATE[i]! * sample;
  }
  return Math.max(Math.abs(a), Math.abs(b), Math.abs(c)) + OUTER_WEIGHT * loudest + ROUNDING;
}

function sumOfMagnitudes(weights: Float64Array): number {
  return weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
}

/** A Kaiser-windowed sinc, as in resample.ts, whose weights sum to 1. */
function weightsAt(position: number): Float64Array {
  const row = new Float64Array(TAPS);
  for (let i = 0; i < TAPS; i++) {
    const distance = position + PEAK_REACH - 1 - i;
    const window = besselI0(BETA * Math.sqrt(1 - (distance / PEAK_REACH) ** 2));
    row[i] = (Math.sin(Math.PI * distance) / (Math.PI * distance)) * window;
  }
  const sum = row.reduce((total, weight) => total + weight, 0);
  return row.map((weight) => weight / sum);
}
