import type { AudioEncoder } from "../audio-encoder.ts";
import type { StreamEncoder } from "./stream-encoder.ts";
import { workTurn } from "./work-turn.ts";

/** Encodes on the thread of the caller: for formats that take less work than the way to another thread. */
export class InPlaceEncoder implements StreamEncoder {
  constructor(private readonly encoder: AudioEncoder) {}

  get contentType(): string {
    return this.encoder.contentType;
  }

  get durationMs(): number {
    return this.encoder.durationMs;
  }

  async *encode(samples: Float32Array): AsyncGenerator<Uint8Array> {
    await workTurn();
    for (const bytes of this.encoder.encode(samples)) {
      yield bytes;
      await workTurn();
    }
  }

  async *finish(): AsyncGenerator<Uint8Array> {
    yield* this.encoder.finish();
  }

  release(): void {
    this.encoder.release();
  }
}
