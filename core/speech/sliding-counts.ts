/**
 * Counts by kind how often things happened in a time window. The memory does not depend on how often that is. Pure: the
 * caller gives the time, in ms, which must never go back.
 *
 * @module
 */

export interface Sliding {
  /** Length of the window, in ms. Things are forgotten by whole slices, so up to one slice earlier. */
  windowMs: number;
  slices: number;
  /** How many kinds there are; default: one. */
  kinds?: number;
}

export class SlidingCounts {
  readonly #sliceMs: number;
  readonly #slices: number;
  readonly #kinds: number;
  /** A row for each slice of the window. The rows are used in turn. */
  readonly #counts: Uint32Array;
  readonly #byKind: Uint32Array;
  #total = 0;
  /** The number of the current slice, counted from 0 ms. */
  #present = 0;

  constructor({ windowMs, slices, kinds = 1 }: Sliding) {
    this.#sliceMs = windowMs / slices;
    this.#slices = slices;
    this.#kinds = kinds;
    this.#counts = new Uint32Array(slices * kinds);
    this.#byKind = new Uint32Array(kinds);
  }

  /** @param kind a whole number from 0 to below the number of kinds */
  add(now: number, kind = 0): void {
    this.#come(now);
    this.#counts[(this.#present % this.#slices) * this.#kinds + kind]!++;
    this.#byKind[kind]!++;
    this.#total++;
  }

  total(now: number): number {
    this.#come(now);
    return this.#total;
  }

  /** @returns the number for each kind; do not keep it, because it changes later */
  byKind(now: number): Readonly<Uint32Array> {
    this.#come(now);
    return this.#byKind;
  }

  /** Forgets the slices that are no longer in the window. */
  #come(now: number): void {
    const present = Math.floor(now / this.#sliceMs);
    if (present <= this.#present) return;
    const passed = Math.min(present - this.#present, this.#slices);
    for (let back = 0; back < passed && this.#total > 0; back++)
      this.#forget((present - back) % this.#slices);
    this.#present = present;
  }

  #forget(slice: number): void {
    const first = slice * this.#kinds;
    for (let kind = 0; kind < this.#kinds; kind++) {
      const count = this.#counts[first + kind]!;
      this.#byKind[kind]! -= count;
      this.#total -= count;
    }
    this.#counts.fill(0, first, first + this.#kinds);
  }
}
