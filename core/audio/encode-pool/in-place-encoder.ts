import type { AudioEncoder } from "../audio-encoder.ts";
import type { StreamEncoder } from "./stream-encoder.ts";

/** How long encoding may hold the event loop, in ms. */
const MAX_WORK_MS = 4;

/** Encodes on the thread of the caller: for formats that take less work than the way to another thread. */
export class InPlaceEncoder implements StreamEncoder {
  #idleAt = performance.now();

  constructor(private readonly encoder: AudioEncoder) {}

  get contentType(): string {
    return this.encoder.contentType;
  }

  get durationMs(): number {
    return this.encoder.durationMs;
  }

  async *encode(samples: Float32Array): AsyncGenerator<Uint8Array> {
    for (const bytes of this.encoder.encode(samples)) {
      yield bytes;
      if (performance.now() - this.#idleAt < MAX_WORK_MS) continue;
      await new Promise<void>((resume) => setImmediate(resume));
      this.#idleAt = performance.now();
    }
  }

  async *finish(): AsyncGenerator<Uint8Array> {
    yield* this.encoder.finish();
  }

  release(): void {
    this.encoder.release();
  }
}
