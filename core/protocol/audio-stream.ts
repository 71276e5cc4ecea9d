import { SyrinxError } from "../errors.ts";
import { CREDIT_WINDOW_BYTES } from "./credit.ts";

/**
 * Most bytes that a stream which was reading ahead takes ahead of its reader: 16 MiB, which is 87 s of sound at 48 kHz. A
 * segment has at most 400 characters, and these are half a minute of speech.
 */
export const HASTENED_BYTES = 16 * 1024 * 1024;

/**
 * The audio of one call. What the reader has taken is given back to the sender as credit, so a slow reader holds up
 * this stream alone.
 */
export class AudioStream implements AsyncIterable<Float32Array> {
  readonly #chunks: Float32Array[] = [];
  readonly #settled = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<SyrinxError | undefined>();
  #wake: (() => void) | undefined;
  /** Bytes that are here and that the reader has not done with. */
  #unread = 0;
  /** Bytes that came and for which no credit was given back: what the sender owes. */
  #owed = 0;
  /** Bytes that may be unread without being owed. */
  #allowance = 0;
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

  /** Resolves when the call is over, with what it failed with, if it did. All its audio is here then, read or not. */
  get over(): Promise<SyrinxError | undefined> {
    return this.#over.promise;
  }

  /**
   * From now on gives credit for audio as it comes and not as it is read, so that a slow reader does not hold up the end
   * of the call; for {@linkcode HASTENED_BYTES} at most, beyond which the sender waits for the reader again.
   */
  readAhead(): void {
    this.#allowance = HASTENED_BYTES;
    this.#giveBack();
  }

  /** @throws SyrinxError protocol-violation if the sender had no credit for it, as the core's memory would grow */
  push(samples: Float32Array): void {
    if (this.#abandoned) return this.giveCredit(samples.byteLength);
    if (this.#owed >= CREDIT_WINDOW_BYTES) {
      throw new SyrinxError(
        "protocol-violation",
        `Cannot take more audio with ${this.#unread} bytes unread as the credit was ${this.#allowance + CREDIT_WINDOW_BYTES}`,
      );
    }
    this.#unread += samples.byteLength;
    this.#owed += samples.byteLength;
    this.#chunks.push(samples);
    this.#giveBack();
    if (this.#owed >= CREDIT_WINDOW_BYTES) this.#settled.resolve();
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
    this.#over.resolve(this.#error);
    this.#wake?.();
  }

  #giveBack(): void {
    const bytes = this.#owed - Math.max(0, this.#unread - this.#allowance);
    if (bytes <= 0 || this.#ended) return;
    this.#owed -= bytes;
    this.giveCredit(bytes);
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
          this.#unread -= samples.byteLength;
          this.#giveBack();
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
