import { SyrinxError } from "../errors.ts";

/** Payload bytes that a stream may have on its way before the receiver says that it has room for more: 256 KiB. */
export const CREDIT_WINDOW_BYTES = 256 * 1024;

/**
 * The sender's side of a stream's credit. A frame may go while there is any, however large it is: what is in one frame
 * arrives whole or not at all, and the credit is owed. One taker at a time.
 */
export class Credit {
  #bytes = CREDIT_WINDOW_BYTES;
  #waiting: { bytes: number; resolve: () => void; reject: (error: Error) => void } | undefined;
  #closed: Error | undefined;

  /**
   * Waits until there is any credit, and takes `bytes` of it.
   *
   * @throws SyrinxError what {@linkcode close} was called with
   */
  take(bytes: number): Promise<void> {
    if (this.#closed) return Promise.reject(this.#closed);
    if (this.#waiting) throw new SyrinxError("internal", "Cannot take credit twice at once of one stream");
    return new Promise((resolve, reject) => {
      this.#waiting = { bytes, resolve, reject };
      this.#serve();
    });
  }

  /** The receiver has room for so many more bytes. */
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
