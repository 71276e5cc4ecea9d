/**
 * Notices when nobody has used a slot for a while.
 *
 * @module
 */
import type { Clock, Timer } from "../clock.ts";

export class IdleWatch {
  #lastUsedAt: number;
  #idleMs = 0;
  #timer: Timer | undefined;

  /** @param idle called when it was not used for so long, and again after each such time */
  constructor(
    private readonly clock: Clock,
    private readonly idle: () => void,
  ) {
    this.#lastUsedAt = clock.monotonic();
  }

  /** When it was used last, on the monotonic clock, in ms. */
  get lastUsedAt(): number {
    return this.#lastUsedAt;
  }

  /** @param idleMs how long it may be idle, in ms; 0: without limit */
  configure(idleMs: number): void {
    this.#idleMs = idleMs;
    this.#wait();
  }

  /** It is used now. */
  used(): void {
    this.#lastUsedAt = this.clock.monotonic();
  }

  end(): void {
    this.configure(0);
  }

  /** One timer that looks when it could be time, so that use costs nothing. */
  #wait(): void {
    this.#timer?.cancel();
    if (this.#idleMs === 0) return;
    const left = this.#lastUsedAt + this.#idleMs - this.clock.monotonic();
    if (left > 0) {
      this.#timer = this.clock.after(left, () => this.#wait());
      return;
    }
    this.#timer = this.clock.after(this.#idleMs, () => this.#wait());
    this.idle();
  }
}
