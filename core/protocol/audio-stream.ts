import { SyrinxError } from "../errors.ts";
import { CREDIT_WINDOW_BYTES } from "./credit.ts";

/**
 * Most bytes that a stream buffers when it reads ahead: 16 MiB, or 87 s of audio at 48 kHz. A segment has at most 400
 * characters, which is about half a minute of speech.
 */
export const READ_AHEAD_BYTES = 16 * 1024 * 1024;
/** Most bytes that a stream takes and drops after its reader has left: 6 MiB, or half a minute of audio at 48 kHz. */
export const DISCARDED_BYTES = 6 * 1024 * 1024;

/**
 * The audio of one call. The sender gets credit for what the reader has consumed, so a slow reader slows only this
 * stream.
 */
export class AudioStream implements AsyncIterable<Float32Array> {
  readonly #chunks: Float32Array[] = [];
  readonly #settled = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<SyrinxError | undefined>();
  #wake: (() => void) | undefined;
  /** Bytes that arrived and that the reader has not finished with. */
  #unread = 0;
  /** Bytes that arrived and for which the sender got no credit yet. */
  #owed = 0;
  /** Bytes that may be unread although the sender got credit for them. */
  #allowance = 0;
  #ended = false;
  #error: SyrinxError | undefined;
  #abandoned = false;
  /** Bytes that arrived after the reader had left. */
  #discarded = 0;
  /** The result of the call, once it has ended. */
  result: unknown;
  /** Whether the sender was silent for too long, so that the stream was given up. */
  isLate = false;

  constructor(
    private readonly giveCredit: (bytes: number) => void,
    private readonly cancel: () => void,
  ) {}

  /**
   * Resolves when the sender stops working on it: all is sent, the call failed, or the sender waits for credit because
   * the reader is slow.
   */
  get settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** Whether the sender has no credit, so that it is the reader's turn. */
  get waitsForReader(): boolean {
    return this.#owed >= CREDIT_WINDOW_BYTES;
  }

  /** Resolves when the call has ended, with its error if it failed. All its audio has then arrived, read or not. */
  get over(): Promise<SyrinxError | undefined> {
    return this.#over.promise;
  }

  /**
   * From now on, gives credit when audio arrives, not when it is read. A slow reader then does not delay the end of the
   * call. The limit is {@linkcode READ_AHEAD_BYTES}; beyond it the sender waits for the reader again.
   */
  readAhead(): void {
    this.#allowance = READ_AHEAD_BYTES;
    this.#giveBack();
  }

  /** @throws SyrinxError protocol-violation if the sender had no credit for it: the core's memory would grow */
  push(samples: Float32Array): void {
    if (this.waitsForReader) {
      throw new SyrinxError(
        "protocol-violation",
        `Cannot take more audio with ${this.#unread} bytes unread because the credit was ${this.#allowance + CREDIT_WINDOW_BYTES}`,
      );
    }
    this.#owed += samples.byteLength;
    if (this.#abandoned) return this.#discard(samples.byteLength);
    this.#unread += samples.byteLength;
    this.#chunks.push(samples);
    this.#giveBack();
    if (this.waitsForReader) this.#settled.resolve();
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

  /**
   * A sender that has not heard of the cancel yet may end its segment. After {@linkcode DISCARDED_BYTES} it gets no more credit,
   * so that it cannot keep the core busy, or fill its memory with garbage, until the deadline of the cancel.
   */
  #discard(bytes: number): void {
    this.#discarded += bytes;
    if (this.#discarded > DISCARDED_BYTES || this.#ended) return;
    this.#owed -= bytes;
    this.giveCredit(bytes);
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
   * Yields the samples in order. If the reader leaves the loop early, the call is cancelled.
   *
   * @throws SyrinxError the call's error, after the audio that arrived before it
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
