import { SyrinxError } from "../errors.ts";

/** Payload bytes that a sender may send before the receiver gives more credit: 256 KiB. */
export const CREDIT_WINDOW_BYTES = 256 * 1024;

/**
 * The sender's side of a stream's credit. The sender may send a frame of any size while some credit is left, because a
 * frame arrives whole or not at all. The balance can become negative. Only one caller may wait at a time.
 */
export class Credit {
  #bytes = CREDIT_WINDOW_BYTES;
  #waiting: { bytes: number; resolve: () => void; reject: (error: Error) => void } | undefined;
  #closed: Error | undefined;

  /**
   * Waits until some credit is left, then subtracts `bytes` from it.
   *
   * @throws the error that {@linkcode close} was called with
   */
  take(bytes: number): Promise<void> {
    if (this.#closed) return Promise.reject(this.#closed);
    if (this.#waiting) throw new SyrinxError("internal", "Cannot take credit twice at once of one stream");
    return new Promise((resolve, reject) => {
      this.#waiting = { bytes, resolve, reject };
      this.#serve();
    });
  }

  /** Adds credit: the receiver has room for this many more bytes. */
  add(bytes: number): void {
    this.#bytes += bytes;
    this.#serve();
  }

  close(error: Error): void {
    this.#closed ??= error;
    this.#waiting?.reject(this.#closed);
    this.#waiting = undefined;
  }

  #serve(): void {
    if (!this.#waiting || this.#bytes <= 0) return;
    this.#bytes -= this.#waiting.bytes;
    this.#waiting.resolve();
    this.#waiting = undefined;
  }
}
