import { SyrinxError } from "../errors.ts";

/** How many values may be unread. */
const MAX_UNREAD = 1_000;

/** The values of one call. There are few, so they need no credit. */
export class ItemStream implements AsyncIterable<unknown> {
  readonly #values: unknown[] = [];
  #wake: (() => void) | undefined;
  #ended = false;
  #error: SyrinxError | undefined;

  constructor(private readonly cancel: () => void) {}

  /** @throws SyrinxError protocol-violation if too many are unread: the core's memory would grow */
  push(value: unknown): void {
    if (this.#values.length >= MAX_UNREAD) {
      throw new SyrinxError(
        "protocol-violation",
        `Cannot take another item because ${MAX_UNREAD} are unread`,
      );
    }
    this.#values.push(value);
    this.#wake?.();
  }

  end(error?: SyrinxError): void {
    this.#ended = true;
    this.#error = error;
    this.#wake?.();
  }

  /** @throws SyrinxError the call's error, unless the call was cancelled */
  async *[Symbol.asyncIterator](): AsyncGenerator<unknown> {
    try {
      for (;;) {
        if (this.#values.length > 0) yield this.#values.shift();
        else if (this.#error && this.#error.code !== "cancelled") throw this.#error;
        else if (this.#ended) return;
        else {
          await new Promise<void>((wake) => {
            this.#wake = wake;
          });
          this.#wake = undefined;
        }
      }
    } finally {
      if (!this.#ended) this.cancel();
    }
  }
}
