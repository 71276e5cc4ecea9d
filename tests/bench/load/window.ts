/**
 * Counts what comes while the sides of a measurement run at full speed: neither their first steps nor their last.
 *
 * @module
 */

/** How long a side runs before anything is counted, in ms. */
export const WARM_UP_MS = 300;

export class Window {
  #total = 0;
  #counts = 0;
  #open = false;
  #over = false;

  /** Whether to begin no further work. */
  get over(): boolean {
    return this.#over;
  }

  /** @param amount e.g. bytes or seconds of audio */
  add(amount: number): void {
    if (!this.#open) return;
    this.#total += amount;
    this.#counts++;
  }

  /**
   * @param seconds how long to count
   * @returns the amount and the number of additions a second
   */
  async measure(seconds: number): Promise<{ perSecond: number; additionsPerSecond: number }> {
    await Bun.sleep(WARM_UP_MS);
    const start = performance.now();
    this.#open = true;
    await Bun.sleep(seconds * 1000);
    this.#open = false;
    this.#over = true;
    const elapsed = (performance.now() - start) / 1000;
    return { perSecond: this.#total / elapsed, additionsPerSecond: this.#counts / elapsed };
  }
}
