/**
 * The K-weighting filter of loudness: a shelf for the effect of the head, then a high-pass.
 *
 * @module
 */

/** A filter of second order; a0 is 1. */
export interface Biquad {
  readonly b: readonly [number, number, number];
  /** a1 and a2. */
  readonly a: readonly [number, number];
}

/** Rate of the standard's coefficients, Hz. */
const STANDARD_RATE = 48_000;
/** ITU-R BS.1770-4, Annex 1, tables 1 and 2. */
const SHELF: Biquad = {
  b: [1.53512485958697, -2.69169618940638, 1.19839281085285],
  a: [-1.69065929318241, 0.73248077421585],
};
const HIGH_PASS: Biquad = { b: [1, -2, 1], a: [-1.99004745483398, 0.99007225036621] };
/** At this frequency the gain is that of the standard at every rate, as at 0 Hz and at half the rate. Hz. */
const REFERENCE_HERTZ = 1000;

/**
 * The standard gives coefficients for 48 kHz only; those for other rates are computed from them. A pole z at 48 kHz is the
 * analogue pole s = 48000 ln z, which becomes exp(s / rate) at the other rate. The zeros are placed so that the gain
 * is the standard's at 0 Hz, 1 kHz and half the rate (after M. Vicanek, "Matched Second Order Digital Filters", 2016,
 * §3). At 48 kHz that gives the tables back; at 8 kHz the gain is within 0.05 dB of them from 100 Hz up. (A bilinear
 * transform would be off by 0.3 dB there.)
 *
 * @param rate Hz, from 4,000 up
 * @returns the two filters; sound goes through one after the other
 */
export function kWeighting(rate: number): readonly [Biquad, Biquad] {
  return [atRate(SHELF, rate), atRate(HIGH_PASS, rate)];
}

/** @param standard a filter at 48 kHz whose poles are a complex pair */
function atRate(standard: Biquad, rate: number): Biquad {
  const [a1, a2] = movedPoles(standard.a, STANDARD_RATE / rate);
  const wanted = (hertz: number) => squaredGain(standard, Math.min(1, (2 * hertz) / STANDARD_RATE));
  // The square of a polynomial's magnitude at the angle w is (c0 p0 + c1 p1 + c2 p2) in p1 = sin²(w/2), p0 = 1 - p1
  // and p2 = 4 p0 p1; at w = 0 only p0 is left, and at half the rate only p1.
  const a = [(1 + a1 + a2) ** 2, (1 - a1 + a2) ** 2, -4 * a2] as const;
  const p1 = Math.sin((Math.PI * REFERENCE_HERTZ) / rate) ** 2;
  const p0 = 1 - p1;
  const p2 = 4 * p0 * p1;
  const c0 = a[0] * wanted(0);
  const c1 = a[1] * wanted(rate / 2);
  const c2 = ((a[0] * p0 + a[1] * p1 + a[2] * p2) * wanted(REFERENCE_HERTZ) - c0 * p0 - c1 * p1) / p2;
  const half = (Math.sqrt(c0) + Math.sqrt(c1)) / 2;
  const b0 = (half + Math.sqrt(Math.max(0, half * half + c2))) / 2;
  return { b: [b0, (Math.sqrt(c0) - Math.sqrt(c1)) / 2, -c2 / (4 * b0)], a: [a1, a2] };
}

/** Raises a pair of complex poles to a power. */
function movedPoles([a1, a2]: Biquad["a"], power: number): Biquad["a"] {
  const angle = power * Math.acos(-a1 / (2 * Math.sqrt(a2)));
  const square = a2 ** power;
  return [-2 * Math.sqrt(square) * Math.cos(angle), square];
}

/** @param share of half the rate, 0 to 1 */
function squaredGain({ b, a }: Biquad, share: number): number {
  const square = (c0: number, c1: number, c2: number) => {
    const w = Math.PI * share;
    const re = c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w);
    const im = c1 * Math.sin(w) + c2 * Math.sin(2 * w);
    return re * re + im * im;
  };
  return square(...b) / square(1, ...a);
}
