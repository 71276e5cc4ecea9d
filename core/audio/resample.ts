/**
 * Changes the sample rate of a stream of mono sound, with a polyphase FIR filter: a Kaiser-windowed sinc.
 *
 * @module
 */
import { SyrinxError } from "../errors.ts";
import { besselI0 } from "./bessel.ts";

/** Least attenuation of images and aliases, dB. */
const STOP_BAND_DB = 90;

/** Width of the filter's transition from pass-band to stop-band, as a share of the lower Nyquist frequency. */
const TRANSITION = 0.3;

/** Input samples per round. Outputs with the same weights are made together, so a large number is faster. */
const BLOCK = 4096;

/** A filter for one ratio `up / down`, shared by every {@linkcode Resampler} of that ratio. */
interface Filter {
  readonly up: number;
  readonly down: number;
  /** How many input samples on either side an output is made of. */
  readonly half: number;
  /** `up` rows of `2 * half` weights, one row for each position of an output between two inputs. */
  readonly rows: Float64Array;
}

const filters = new Map<string, Filter>();

/**
 * A streaming mono resampler. It adds no delay: output sample `k` is the sound at `k / to` seconds, and a stream of n
 * samples gives `round(n * to / from)`. However the stream is cut into chunks, the output is the same to the bit.
 *
 * To a higher rate, sound below 85 % of the input's Nyquist frequency passes unchanged, and images are 90 dB down from
 * 115 % on. To a lower rate, sound below 70 % of the output's Nyquist frequency passes, and aliases are 90 dB down.
 */
export class Resampler {
  readonly #filter: Filter;
  /** The last inputs, about `2 * half`, then space for a block. Its first sample is number `#start` of the stream. */
  readonly #window: Float64Array;
  #start = 0;
  #received = 0;
  #made = 0;

  /**
   * @param from rate of the input, whole Hz
   * @param to rate of the output, whole Hz
   * @throws SyrinxError `internal` if a rate is not a whole number from 4,000 to 192,000
   */
  constructor(from: number, to: number) {
    for (const rate of [from, to]) {
      if (Number.isInteger(rate) && rate >= 4000 && rate <= 192_000) continue;
      throw new SyrinxError(
        "internal",
        `Cannot resample at ${rate} Hz: whole rates from 4000 to 192000 Hz are needed`,
      );
    }
    const divisor = greatestCommonDivisor(from, to);
    this.#filter = filterFor(to / divisor, from / divisor);
    this.#window = new Float64Array(2 * this.#filter.half + BLOCK);
    this.#reset();
  }

  /**
   * @param samples the next samples of the stream; not kept
   * @param space where the output is written, if it fits. Absent: a new array
   * @returns the output that is known by now: all but the last few ms; `samples` itself if the rates are equal
   */
  push(samples: Float32Array, space?: Float32Array): Float32Array {
    const { up, down, half } = this.#filter;
    if (up === down) return samples;
    const ready = Math.max(0, Math.ceil(((this.#received + samples.length - half) * up) / down));
    const length = ready - this.#made;
    const output = space && space.length >= length ? space.subarray(0, length) : new Float32Array(length);
    let written = 0;
    for (let offset = 0; offset < samples.length; offset += BLOCK) {
      const block = samples.subarray(offset, offset + BLOCK);
      this.#window.set(block, this.#received - this.#start);
      this.#received += block.length;
      written = this.#filterInto(output, written);
    }
    return output;
  }

  /** @returns the rest of the stream. After that the resampler takes another stream */
  flush(): Float32Array {
    const { up, down, half } = this.#filter;
    if (up === down) return new Float32Array(0);
    const rest = Math.round((this.#received * up) / down) - this.#made;
    // Before and after the stream there is silence.
    const tail = this.push(new Float32Array(half + Math.ceil(down / up)));
    this.#reset();
    return tail.subarray(0, rest);
  }

  #reset(): void {
    this.#start = -this.#filter.half;
    this.#received = 0;
    this.#made = 0;
    this.#window.fill(0);
  }

  /** Writes every output whose inputs are all in the window. Then drops the inputs that no later output uses. */
  #filterInto(output: Float32Array, offset: number): number {
    const { up, down, half } = this.#filter;
    const window = this.#window;
    const ready = Math.max(this.#made, Math.ceil(((this.#received - half) * up) / down));
    const count = ready - this.#made;
    // Outputs that are `up` apart have the same weights and inputs that are `down` apart.
    for (let k = 0; k < Math.min(up, count); k++) {
      const position = (this.#made + k) * down;
      const first = (Math.floor(position / up) - half + 1 - this.#start) | 0;
      filterPhase(
        this.#filter,
        (position % up) | 0,
        window,
        first,
        output.subarray(offset, offset + count),
        k,
      );
    }
    this.#made = ready;
    const next = Math.floor((ready * down) / up) - half + 1;
    const drop = Math.min(next, this.#received) - this.#start;
    window.copyWithin(0, drop, this.#received - this.#start);
    this.#start += drop;
    return offset + count;
  }
}

/** Makes the outputs at `at`, `at + up`, `at + 2 * up`... from the inputs at `first`, `first + down`... */
function filterPhase(
  { up, down, half, rows }: Filter,
  phase: number,
  inputs: Float64Array,
  first: number,
  output: Float32Array,
  at: number,
): void {
  const taps = 2 * half;
  const row = phase * taps;
  const count = output.length;
  let from = first;
  let to = at;
  if (phase === 0 && up > down) {
    for (; to < count; to += up, from += down) output[to] = inputs[from + half - 1]!;
    return;
  }
  for (; to + 3 * up < count; to += 4 * up, from += 4 * down) {
    sumFour(rows, row, taps, inputs, from, down, output, to, up);
  }
  for (; to < count; to += up, from += down) output[to] = sumOne(rows, row, taps, inputs, from);
}

/** Makes four outputs. A function of its own, because Bun optimizes a small function much sooner. */
function sumFour(
  rows: Float64Array,
  row: number,
  taps: number,
  inputs: Float64Array,
  from: number,
  down: number,
  output: Float32Array,
  to: number,
  up: number,
): void {
  // Each weight is read once for all four, and no addition waits for the one before it. Each sum is added up in the same
  // order as in sumOne, so that chunks make no difference.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const fromB = from + down;
  const fromC = fromB + down;
  const fromD = fromC + down;
  for (let i = 0; i < taps; i++) {
    const weight = rows[row + i]!;
    a += inputs[from + i]! * weight;
    b += inputs[fromB + i]! * weight;
    c += inputs[fromC + i]! * weight;
    d += inputs[fromD + i]! * weight;
  }
  output[to] = a;
  output[to + up] = b;
  output[to + 2 * up] = c;
  output[to + 3 * up] = d;
}

function sumOne(rows: Float64Array, row: number, taps: number, inputs: Float64Array, from: number): number {
  let sum = 0;
  for (let i = 0; i < taps; i++) sum += inputs[from + i]! * rows[row + i]!;
  return sum;
}

function filterFor(up: number, down: number): Filter {
  const key = `${up}/${down}`;
  const known = filters.get(key);
  if (known) return known;
  const filter = design(up, down);
  filters.set(key, filter);
  return filter;
}

/**
 * Kaiser's design: J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974; the
 * formulas for length and beta as in Oppenheim and Schafer, "Discrete-Time Signal Processing", 3rd ed., §7.5.3.
 */
function design(up: number, down: number): Filter {
  // Frequencies are in cycles per input sample. The lower of the two Nyquist frequencies is the edge of the band.
  const nyquist = 0.5 * Math.min(1, up / down);
  const width = TRANSITION * nyquist;
  // To a higher rate, the transition is centred on the edge: outputs at the position of an input equal that input. To a
  // lower rate, it ends at the edge, so that there are no aliases.
  const cutoff = up > down ? nyquist : nyquist - width / 2;
  const length = (STOP_BAND_DB - 7.95) / (2.285 * 2 * Math.PI * width);
  const half = Math.ceil(length / 2);
  const beta = 0.1102 * (STOP_BAND_DB - 8.7);
  const taps = 2 * half;
  const rows = new Float64Array(up * taps);
  for (let phase = 0; phase < up; phase++) {
    const row = rows.subarray(phase * taps, (phase + 1) * taps);
    for (let i = 0; i < taps; i++) {
      const distance = phase / up + half - 1 - i;
      const window = besselI0(beta * Math.sqrt(Math.max(0, 1 - (distance / half) ** 2)));
      row[i] = sinc(2 * cutoff * distance) * window;
    }
    // Each row sums to 1, so that a constant stays the same constant.
    const sum = row.reduce((total, weight) => total + weight, 0);
    for (let i = 0; i < taps; i++) row[i]! /= sum;
  }
  return { up, down, half, rows };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
