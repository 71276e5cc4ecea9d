import { SyrinxError } from "../errors.ts";
import { CREDIT_WINDOW_BYTES } from "./credit.ts";

/**
 * The audio of one call. What the reader has taken is given back to the sender as credit, so a slow reader holds up
 * this stream alone.
 */
export class AudioStream implements AsyncIterable<Float32Array> {
  readonly #chunks: Float32Array[] = [];
  readonly #settled = Promise.withResolvers<void>();
  #wake: (() => void) | undefined;
  #unreadBytes = 0;
  #ended = false;
  #error: SyrinxError | undefined;
  #abandoned = false;
  /** What the call ended with. */
  result: unknown;

  constructor(
    private readonly giveCredit: (bytes: number) => void,
    private readonly cancel: () => void,
  ) {}

  /**
   * Resolves when the sender works on it no longer: because all is sent, or it failed, or the reader is so slow that
   * the sender waits for credit.
   */
  get settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** @throws SyrinxError protocol-violation if the sender had no credit for it, as the core's memory would grow */
  push(samples: Float32Array): void {
    if (this.#abandoned) return this.giveCredit(samples.byteLength);
    if (this.#unreadBytes >= CREDIT_WINDOW_BYTES) {
      throw new SyrinxError(
        "protocol-violation",
        `Cannot take more audio with ${this.#unreadBytes} bytes unread as the credit was ${CREDIT_WINDOW_BYTES}`,
      );
    }
    this.#unreadBytes += samples.byteLength;
    this.#chunks.push(samples);
    if (this.#unreadBytes >= CREDIT_WINDOW_BYTES) this.#settled.resolve();
    this.#wake?.();
  }

  end(result: unknown): void {
    this.result = result;
    this.#finish();
  }

  fail(error: SyrinxError): void {
    this.#error = error;
    this.#finish();
  }

  #finish(): void {
    this.#ended = true;
    this.#settled.resolve();
    this.#wake?.();
  }

  /**
   * Yields what has come, in order. Leaving the loop early cancels the call.
   *
   * @throws SyrinxError what the call failed with, after the audio that came before
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Float32Array> {
    try {
      for (;;) {
        const samples = this.#chunks.shift();
        if (samples) {
          yield samples;
          this.#unreadBytes -= samples.byteLength;
          if (!this.#ended) this.giveCredit(samples.byteLength);
        } else if (this.#error) throw this.#error;
        else if (this.#ended) return;
        else {
          await new Promise<void>((wake) => {
            this.#wake = wake;
          });
          this.#wake = undefined;
        }
      }
    } finally {
      this.#abandoned = true;
      this.#chunks.length = 0;
      if (!this.#ended) this.cancel();
    }
  }
}
