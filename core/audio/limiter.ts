/**
 * Makes a stream of sound louder or quieter, and keeps its peaks below a ceiling.
 *
 * @module
 */
import { FAR_WEIGHT, NEAR_WEIGHT, PEAK_REACH, peakAfter, peakBound } from "./true-peak.ts";

/** How long before a peak the gain begins to fall, in ms: long enough that nobody hears it. */
const LOOK_AHEAD_MS = 5;
/** Time in which the gain rises by 63 % of the way after a peak, in ms: longer than a period of the deepest voice. */
const RELEASE_MS = 60;
/** From this gain on it counts as 1 again. */
const RELEASED = 0.9999;
/** Samples that are checked together for whether a peak can be near. */
const RUN = 64;
/** Input samples per round. */
const BLOCK = 4096;

/**
 * A gain, then a true-peak limiter that looks ahead. Output sample n is input sample n: no delay is added, and the length
 * stays. It only becomes available a little later. However the stream is cut into chunks, the output is the same to the bit.
 * With a gain of 0 dB, sound below the ceiling stays the same to the bit.
 *
 * Each sample has a need: the gain at which neither it nor the points on either side of it are above the ceiling. The
 * limiter takes the least need of the look-ahead to come, lets it rise again at the speed of the release, and averages it
 * over the look-ahead that was. So the gain falls in a straight line, and has reached the need of a peak when that comes.
 */
export class Limiter {
  #factor: number;
  readonly #ceiling: number;
  readonly #release: number;
  readonly #ahead: number;
  /** Samples after the gain, from number `#start` of the stream on. Before the stream there is silence. */
  readonly #window: Float32Array;
  #start: number;
  #received = 0;
  /** How many samples have a known need. */
  #examined = 0;
  #made: number;
  /** The samples whose need is below 1, in order: their numbers, and their needs below. */
  #needAt: number[] = [];
  #need: number[] = [];
  /** Indices into `#need`, with rising needs: those in the look-ahead that have no lower need after them. */
  #near: number[] = [];
  #seen = 0;
  #held = 1;
  /** The last `#ahead + 1` values of `#held`, and their sum. */
  readonly #recent: Float64Array;
  #position = 0;
  #sum: number;
  /** For how many samples `#held` has been 1. */
  #open: number;

  /**
   * @param rate Hz
   * @param gainDb dB
   * @param ceilingDb dB of full scale, of the true peak
   */
  constructor(rate: number, gainDb: number, ceilingDb: number) {
    this.#factor = 10 ** (gainDb / 20);
    this.#ceiling = 10 ** (ceilingDb / 20);
    this.#release = 1 - Math.exp(-1000 / (RELEASE_MS * rate));
    this.#ahead = Math.round((LOOK_AHEAD_MS * rate) / 1000);
    // The gain for a peak at the very beginning falls in the silence before it.
    this.#made = -this.#ahead;
    this.#start = -this.#ahead - PEAK_REACH;
    this.#window = new Float32Array(2 * (this.#ahead + PEAK_REACH) + BLOCK);
    this.#recent = new Float64Array(this.#ahead + 1).fill(1);
    this.#sum = this.#ahead + 1;
    this.#open = this.#ahead + 1;
  }

  /** Changes the gain of the samples that are pushed from now on, in dB. Peaks before and after it are limited alike. */
  set gainDb(gainDb: number) {
    this.#factor = 10 ** (gainDb / 20);
  }

  /**
   * @param samples mono; not kept
   * @returns the output that is known by now: all but the last 5 ms and 12 samples
   */
  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    const ready = this.#received + samples.length - PEAK_REACH - this.#ahead;
    const output = new Float32Array(Math.max(0, ready) - Math.max(0, this.#made));
    let written = 0;
    for (let at = 0; at < samples.length; at += BLOCK) {
      this.#take(samples.subarray(at, at + BLOCK));
      this.#examine();
      written = this.#make(output, written);
      this.#forget();
    }
    return output;
  }

  /** @returns the rest of the stream, as if silence followed. Nothing can be pushed after that */
  flush(): Float32Array<ArrayBuffer> {
    return this.push(new Float32Array(PEAK_REACH + this.#ahead));
  }

  #take(samples: Float32Array): void {
    const offset = this.#received - this.#start;
    const factor = this.#factor;
    if (factor === 1) this.#window.set(samples, offset);
    else for (let i = 0; i < samples.length; i++) this.#window[offset + i] = samples[i]! * factor;
    this.#received += samples.length;
  }

  /** Finds the need of each sample whose neighbours are known. */
  #examine(): void {
    const end = this.#received - PEAK_REACH;
    for (let from = this.#examined; from < end; from += RUN) {
      const to = Math.min(from + RUN, end);
      const loudest = this.#loudest(from - PEAK_REACH, to + PEAK_REACH);
      if (loudest * (NEAR_WEIGHT + FAR_WEIGHT) > this.#ceiling) this.#examineRun(from, to, loudest);
    }
    this.#examined = Math.max(this.#examined, end);
  }

  /** @param loudest magnitude of any sample within reach */
  #examineRun(from: number, to: number, loudest: number): void {
    const window = this.#window;
    // If two neighbours are below this, no point between them can be above the ceiling.
    const harmless = (this.#ceiling - FAR_WEIGHT * loudest) / NEAR_WEIGHT;
    const first = from - this.#start;
    let present = Math.abs(window[first]!);
    let before =
      Math.max(Math.abs(window[first - 1]!), present) > harmless ? this.#peakAbove(first - 1, loudest) : 0;
    for (let n = from; n < to; n++) {
      const index = n - this.#start;
      const next = Math.abs(window[index + 1]!);
      const after = present > harmless || next > harmless ? this.#peakAbove(index, loudest) : 0;
      const peak = Math.max(present, before, after);
      present = next;
      before = after;
      if (peak <= this.#ceiling) continue;
      this.#needAt.push(n);
      this.#need.push(this.#ceiling / peak);
    }
  }

  /** @returns the peak after a sample of the window; 0 if it is certainly not above the ceiling */
  #peakAbove(index: number, loudest: number): number {
    if (peakBound(this.#window, index, loudest) <= this.#ceiling) return 0;
    return peakAfter(this.#window, index);
  }

  /** @returns the largest magnitude of the samples from `from` to before `to` */
  #loudest(from: number, to: number): number {
    return largestMagnitude(this.#window, from - this.#start, to - this.#start);
  }

  /** Writes every sample whose look-ahead is examined. @returns the offset of the next one */
  #make(output: Float32Array, offset: number): number {
    const end = this.#examined - this.#ahead;
    while (this.#made < end) {
      const untouched = Math.min(end, this.#untouchedUntil());
      if (untouched > this.#made) {
        const first = Math.max(0, this.#made);
        if (untouched > first) {
          output.set(this.#window.subarray(first - this.#start, untouched - this.#start), offset);
          offset += untouched - first;
        }
        this.#made = untouched;
      } else {
        const gain = this.#nextGain();
        if (this.#made >= 0) output[offset++] = this.#window[this.#made - this.#start]! * gain;
        this.#made++;
      }
    }
    return offset;
  }

  /** @returns the number of the first sample from here on whose gain may not be 1 */
  #untouchedUntil(): number {
    if (this.#open <= this.#ahead) return this.#made;
    const next = this.#needAt[this.#seen];
    return next === undefined ? Infinity : next - this.#ahead;
  }

  #nextGain(): number {
    const least = this.#leastNeed();
    if (least < this.#held) this.#held = least;
    else this.#held += (least - this.#held) * this.#release;
    if (least === 1 && this.#held > RELEASED) this.#held = 1;
    this.#sum += this.#held - this.#recent[this.#position]!;
    this.#recent[this.#position] = this.#held;
    this.#position = (this.#position + 1) % this.#recent.length;
    this.#open = this.#held === 1 ? this.#open + 1 : 0;
    if (this.#open <= this.#ahead) return this.#sum / this.#recent.length;
    // Exactly 1, without the rounding errors of the sum.
    this.#sum = this.#recent.length;
    return 1;
  }

  /** @returns the least need from `#made` to the end of its look-ahead; 1 if there is none */
  #leastNeed(): number {
    const near = this.#near;
    while ((this.#needAt[this.#seen] ?? Infinity) <= this.#made + this.#ahead) {
      while (near.length > 0 && this.#need[near.at(-1)!]! >= this.#need[this.#seen]!) near.pop();
      near.push(this.#seen++);
    }
    while (near.length > 0 && this.#needAt[near[0]!]! < this.#made) near.shift();
    return near.length > 0 ? this.#need[near[0]!]! : 1;
  }

  /** Drops the samples and needs that no later sample uses. */
  #forget(): void {
    const keep = Math.min(this.#made, this.#examined - PEAK_REACH);
    this.#window.copyWithin(0, keep - this.#start, this.#received - this.#start);
    this.#start = keep;
    const past = this.#near[0] ?? this.#seen;
    if (past === 0) return;
    this.#needAt.splice(0, past);
    this.#need.splice(0, past);
    this.#near = this.#near.map((index) => index - past);
    this.#seen -= past;
  }
}

/** A function of its own, because Bun optimizes a small function much sooner. Two maxima, so that none waits for the other. */
function largestMagnitude(samples: Float32Array, from: number, end: number): number {
  let one = 0;
  let other = 0;
  let i = from | 0;
  for (const last = (end | 0) - 1; i < last; i += 2) {
    one = Math.max(one, Math.abs(samples[i]!));
    other = Math.max(other, Math.abs(samples[i + 1]!));
  }
  return Math.max(one, other, i < end ? Math.abs(samples[i]!) : 0);
}
