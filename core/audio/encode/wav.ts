import { SyrinxError } from "../../errors.ts";
import type { Encoder } from "./encoder.ts";
import { toS16 } from "./pcm.ts";

/** Bytes before the first sample. */
export const WAV_HEADER_BYTES = 44;

/** The size of a stream of unknown length: players then read until its end. */
const UNKNOWN = 0xffff_ffff;

const RIFF_SIZE_AT = 4;
const DATA_SIZE_AT = 40;

/** Encodes as WAV: 16-bit PCM, mono. The header says that the length is not known; see {@linkcode patchWavSizes}. */
export class WavEncoder implements Encoder {
  readonly contentType = "audio/wav";
  #state: "new" | "begun" | "finished" = "new";

  constructor(readonly sampleRate: number) {}

  encode(samples: Float32Array): Uint8Array<ArrayBuffer> {
    if (this.#state === "finished")
      throw new SyrinxError("internal", "Cannot encode to a WAV stream that is finished");
    return this.#headed(toS16(samples));
  }

  finish(): Uint8Array<ArrayBuffer> {
    if (this.#state === "finished")
      throw new SyrinxError("internal", "Cannot finish a WAV stream that is finished");
    const rest = this.#headed(new Uint8Array(0));
    this.#state = "finished";
    return rest;
  }

  #headed(data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    if (this.#state !== "new") return data;
    this.#state = "begun";
    const bytes = new Uint8Array(WAV_HEADER_BYTES + data.length);
    bytes.set(header(this.sampleRate));
    bytes.set(data, WAV_HEADER_BYTES);
    return bytes;
  }
}

/**
 * Writes the sizes, once they are known, into the first {@linkcode WAV_HEADER_BYTES} of a stream, in place. If the stream is
 * too long for the 32-bit sizes of WAV, they stay unknown.
 *
 * @param start the first bytes of a stream of {@linkcode WavEncoder}
 * @param dataBytes bytes after the header
 * @throws SyrinxError `internal` if `start` does not begin with a WAV header
 */
export function patchWavSizes(start: Uint8Array, dataBytes: number): void {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  if (start.byteLength < WAV_HEADER_BYTES || view.getUint32(0) !== fourCc("RIFF")) {
    throw new SyrinxError(
      "internal",
      `Cannot write sizes into ${start.byteLength} bytes: the ${WAV_HEADER_BYTES} of a WAV header are needed`,
    );
  }
  const riffBytes = dataBytes + WAV_HEADER_BYTES - 8;
  const known = riffBytes < UNKNOWN;
  view.setUint32(RIFF_SIZE_AT, known ? riffBytes : UNKNOWN, true);
  view.setUint32(DATA_SIZE_AT, known ? dataBytes : UNKNOWN, true);
}

/** The canonical header: "Multimedia Programming Interface and Data Specifications 1.0", IBM and Microsoft, 1991. */
function header(sampleRate: number): Uint8Array {
  const bytesPerSample = 2;
  const view = new DataView(new ArrayBuffer(WAV_HEADER_BYTES));
  view.setUint32(0, fourCc("RIFF"));
  view.setUint32(RIFF_SIZE_AT, UNKNOWN, true);
  view.setUint32(8, fourCc("WAVE"));
  view.setUint32(12, fourCc("fmt "));
  view.setUint32(16, 16, true); // bytes of this chunk
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * bytesPerSample, true);
  view.setUint16(32, bytesPerSample, true);
  view.setUint16(34, 8 * bytesPerSample, true);
  view.setUint32(36, fourCc("data"));
  view.setUint32(DATA_SIZE_AT, UNKNOWN, true);
  return new Uint8Array(view.buffer);
}

/** A chunk's name as a big-endian number. */
function fourCc(name: string): number {
  return [...name].reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0);
}
