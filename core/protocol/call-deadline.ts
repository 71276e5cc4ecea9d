import type { Clock, Timer } from "../clock.ts";

/** A time limit that begins again with every sign of life. */
export class CallDeadline {
  #timer: Timer | undefined;
  /** When it passes, monotonic, in ms; undefined: it does not run. */
  #at: number | undefined;

  /**
   * @param ms the limit
   * @param passed called once when the limit has passed
   */
  constructor(
    private readonly clock: Clock,
    private readonly ms: number,
    private readonly passed: () => void,
  ) {}

  /** Whether it has been restarted and not stopped since. */
  get isRunning(): boolean {
    return this.#at !== undefined;
  }

  /** The time begins now. Cheap enough for every frame: it makes no new timer while one runs. */
  restart(): void {
    this.#at = this.clock.monotonic() + this.ms;
    this.#timer ??= this.clock.after(this.ms, () => this.#look());
  }

  /** The time stands still until the next restart. */
  stop(): void {
    this.#at = undefined;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #look(): void {
    this.#timer = undefined;
    if (this.#at === undefined) return;
    const left = this.#at - this.clock.monotonic();
    if (left > 0) this.#timer = this.clock.after(left, () => this.#look());
    else {
      this.#at = undefined;
      this.passed();
    }
  }
}
