/**
 * How often things happened in the last while, by the kind of each. It takes the same memory however often that is.
 * Pure: the time is handed in, in ms, and never goes back.
 *
 * @module
 */

export interface Sliding {
  /** How long something counts, in ms: up to a slice less than that, as slices are forgotten whole. */
  windowMs: number;
  slices: number;
  /** How many kinds there are; default: one. */
  kinds?: number;
}

export class SlidingCounts {
  readonly #sliceMs: number;
  readonly #slices: number;
  readonly #kinds: number;
  /** A row for each slice of the window, used in turn. */
  readonly #counts: Uint32Array;
  readonly #byKind: Uint32Array;
  #total = 0;
  /** The number of the slice that time has come to, counted from 0 ms. */
  #present = 0;

  constructor({ windowMs, slices, kinds = 1 }: Sliding) {
    this.#sliceMs = windowMs / slices;
    this.#slices = slices;
    this.#kinds = kinds;
    this.#counts = new Uint32Array(slices * kinds);
    this.#byKind = new Uint32Array(kinds);
  }

  /** @param kind a whole number below that of the kinds */
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

  /** @returns how many there are of each kind; not to be kept, as it goes on changing */
  byKind(now: number): Readonly<Uint32Array> {
    this.#come(now);
    return this.#byKind;
  }

  /** Forgets the slices that time has left behind. */
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
