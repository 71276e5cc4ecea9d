import { SyrinxError } from "../errors.ts";

/** Payload bytes that a stream may have on its way before the receiver says that it has room for more: 256 KiB. */
export const CREDIT_WINDOW_BYTES = 256 * 1024;

/** The sender's side of a stream's credit. One taker at a time. */
export class Credit {
  #bytes = CREDIT_WINDOW_BYTES;
  #waiting: { resolve: (bytes: number) => void; reject: (error: Error) => void; most: number } | undefined;
  #closed: Error | undefined;

  /**
   * Waits until there is any credit.
   *
   * @returns how many bytes may be sent now: 1 to `most`
   * @throws SyrinxError what {@linkcode close} was called with
   */
  take(most: number): Promise<number> {
    if (this.#closed) return Promise.reject(this.#closed);
    if (this.#bytes > 0) return Promise.resolve(this.#deduct(most));
    if (this.#waiting) throw new SyrinxError("internal", "Cannot take credit twice at once of one stream");
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject, most };
    });
  }

  grant(bytes: number): void {
    this.#bytes += bytes;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(this.#deduct(waiting.most));
  }

  close(error: Error): void {
    this.#closed ??= error;
    this.#waiting?.reject(this.#closed);
    this.#waiting = undefined;
  }

  #deduct(most: number): number {
    const bytes = Math.min(most, this.#bytes);
    this.#bytes -= bytes;
    return bytes;
  }
}
