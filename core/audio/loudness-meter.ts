/**
 * How loud sound is for people: integrated loudness after ITU-R BS.1770-4 and EBU R 128, mono.
 *
 * @module
 */
import { type Biquad, kWeighting } from "./k-weighting.ts";

/** BS.1770-4, Annex 1: this offset gives a 997 Hz sine the level that it has without the weighting. */
const OFFSET_DB = -0.691;
/** A block has four steps, which is 400 ms. It begins one step after the block before it. */
const STEPS_PER_SECOND = 10;
const STEPS_PER_BLOCK = 4;
/** Quieter blocks do not count, in LUFS. Nor do blocks that are this much below the mean of the rest, in LU. */
const ABSOLUTE_GATE = -70;
const RELATIVE_GATE = -10;

/** A streaming meter. However the stream is cut into chunks, it measures the same. */
export class LoudnessMeter {
  readonly #shelf: Biquad;
  readonly #highPass: Biquad;
  /** The two filters' memories (transposed direct form II). */
  readonly #memory = new Float64Array(4);
  /** For each complete step, the sum of the squares and the number of samples. */
  readonly #steps: { energy: number; samples: number }[] = [];
  #energy = 0;
  #samples = 0;
  #stepEnd: number;

  /**
   * @param rate Hz, from 4,000 up
   */
  constructor(private readonly rate: number) {
    [this.#shelf, this.#highPass] = kWeighting(rate);
    this.#stepEnd = this.#lengthOfStep(0);
  }

  /** @param samples mono, 1 is full scale; not kept */
  push(samples: Float32Array): void {
    for (let at = 0; at < samples.length;) {
      const count = Math.min(samples.length - at, this.#stepEnd - this.#samples);
      this.#weigh(samples.subarray(at, at + count));
      this.#samples += count;
      at += count;
      if (this.#samples < this.#stepEnd) continue;
      this.#steps.push({ energy: this.#energy, samples: this.#samples });
      this.#energy = 0;
      this.#samples = 0;
      this.#stepEnd = this.#lengthOfStep(this.#steps.length);
    }
  }

  /**
   * Measures all that was pushed. Mono counts as one channel: a sine of -23 dBFS has -26 LUFS. Sound that is shorter than a
   * block is measured as one block; the standard does not say what to do with it.
   *
   * @returns LUFS; undefined if no block is above -70 LUFS
   */
  integrated(): number | undefined {
    const blocks = this.#blocks().filter((block) => loudnessOf(block) > ABSOLUTE_GATE);
    if (blocks.length === 0) return undefined;
    const gate = loudnessOf(mean(blocks)) + RELATIVE_GATE;
    return loudnessOf(mean(blocks.filter((block) => loudnessOf(block) > gate)));
  }

  /** @returns the mean square of each block */
  #blocks(): number[] {
    const steps = this.#steps;
    if (steps.length < STEPS_PER_BLOCK)
      return [meanSquare([...steps, { energy: this.#energy, samples: this.#samples }])];
    return Array.from({ length: steps.length - STEPS_PER_BLOCK + 1 }, (_, first) =>
      meanSquare(steps.slice(first, first + STEPS_PER_BLOCK)),
    );
  }

  /** A step ends at the sample that is nearest to a whole tenth of a second. */
  #lengthOfStep(index: number): number {
    const end = (step: number) => Math.round((step * this.rate) / STEPS_PER_SECOND);
    return end(index + 1) - end(index);
  }

  /** Adds the squares of the weighted samples to the energy of the step, always one by one: so chunks make no difference. */
  #weigh(samples: Float32Array): void {
    const memory = this.#memory;
    const { b: s, a: p } = this.#shelf;
    const { b: h, a: r } = this.#highPass;
    let sum = this.#energy;
    for (const sample of samples) {
      const shelved = s[0] * sample + memory[0]!;
      memory[0] = s[1] * sample - p[0] * shelved + memory[1]!;
      memory[1] = s[2] * sample - p[1] * shelved;
      const weighted = h[0] * shelved + memory[2]!;
      memory[2] = h[1] * shelved - r[0] * weighted + memory[3]!;
      memory[3] = h[2] * shelved - r[1] * weighted;
      sum += weighted * weighted;
    }
    this.#energy = sum;
  }
}

function meanSquare(steps: readonly { energy: number; samples: number }[]): number {
  const samples = steps.reduce((sum, step) => sum + step.samples, 0);
  return samples === 0 ? 0 : steps.reduce((sum, step) => sum + step.energy, 0) / samples;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @returns the loudness of a mean square, in LUFS */
function loudnessOf(square: number): number {
  return OFFSET_DB + 10 * Math.log10(square);
}
