import type { SyrinxError } from "../errors.ts";

/** The values of one call. There are few, so they need no credit. */
export class ItemStream implements AsyncIterable<unknown> {
  readonly #values: unknown[] = [];
  #wake: (() => void) | undefined;
  #ended = false;
  #error: SyrinxError | undefined;

  constructor(private readonly cancel: () => void) {}

  push(value: unknown): void {
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
