import { SyrinxError } from "../../errors.ts";
import type { AudioFormat } from "../encode/mod.ts";
import type { Encoded, FromEncoder, ToEncoder } from "./encode-messages.ts";

type Request = Extract<ToEncoder, { type: "encode" | "finish" }>;

/** One thread that encodes some streams. While it has none, it does not keep the process running. */
export class EncodeThread {
  readonly #worker: Worker;
  readonly #started = Promise.withResolvers<void>();
  readonly #streams = new Set<number>();
  /** By stream, who waits for its next bytes. */
  readonly #waiting = new Map<number, PromiseWithResolvers<Uint8Array<ArrayBuffer>>>();
  #isReady = false;
  #ended: SyrinxError | undefined;

  /** @param script the thread's module */
  constructor(script: URL) {
    this.#worker = new Worker(script.href);
    this.#worker.unref();
    this.#worker.onmessage = ({ data }: MessageEvent<FromEncoder>) => this.#receive(data);
    this.#worker.onerror = ({ message }) => this.end(`The thread that encodes audio failed: ${message}`);
    this.#worker.addEventListener("close", () => this.end("The thread that encodes audio ended"));
  }

  /** Resolves once the thread encodes at full speed. Rejects with SyrinxError `internal` if it ends before. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  /** Whether it has started and not ended. */
  get isReady(): boolean {
    return this.#isReady && !this.hasEnded;
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** How many streams it has. */
  get load(): number {
    return this.#streams.size;
  }

  /** Takes a stream. Its encoder is made meanwhile; if that fails, the first request for bytes rejects. */
  open(stream: number, format: AudioFormat, voiceRate: number, sampleRate: number): void {
    this.#streams.add(stream);
    this.#worker.ref();
    this.#post({ type: "open", stream, format, voiceRate, sampleRate });
  }

  /**
   * One request at a time for each stream. The buffer of the samples is transferred.
   *
   * @returns the bytes that are complete by now, maybe none
   * @throws SyrinxError `internal` if the thread ended, or as the encoder does
   */
  bytesOf(request: Request): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#ended) return Promise.reject(this.#ended);
    const waiting = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
    this.#waiting.set(request.stream, waiting);
    this.#post(request, request.type === "encode" ? [request.samples.buffer] : []);
    return waiting.promise;
  }

  /** Gives a stream up, whether or not it is finished. Idempotent. */
  release(stream: number): void {
    if (!this.#streams.delete(stream) || this.#ended) return;
    this.#post({ type: "release", stream });
    if (this.#streams.size === 0) this.#worker.unref();
  }

  /** Ends the thread. The streams that it still has fail with this reason. Idempotent. */
  end(reason: string): void {
    if (this.#ended) return;
    this.#ended = new SyrinxError("internal", reason);
    this.#worker.terminate();
    this.#started.reject(this.#ended);
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }

  #receive(message: FromEncoder): void {
    if (message.type === "ready") {
      this.#isReady = true;
      this.#started.resolve();
    } else this.#settle(message);
  }

  #settle(encoded: Encoded): void {
    const waiting = this.#waiting.get(encoded.stream);
    this.#waiting.delete(encoded.stream);
    if (encoded.type === "bytes") waiting?.resolve(encoded.bytes);
    else waiting?.reject(new SyrinxError(encoded.code, encoded.message));
  }

  #post(message: ToEncoder, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
