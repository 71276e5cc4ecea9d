/**
 * Frames: `u32 LE payload length | u8 type | u32 LE call id | payload`.
 *
 * @module
 */
import { SyrinxError } from "../errors.ts";

/** The type of a frame's payload. */
export const FRAME = {
  /** A JSON message (schemas/protocol.schema.json), UTF-8. */
  message: 1,
  /** Mono samples, float32 LE. */
  audio: 2,
  /** Opaque bytes. */
  bytes: 3,
} as const;

export type FrameType = (typeof FRAME)[keyof typeof FRAME];

export interface Frame {
  type: FrameType;
  /** 0: the connection itself; else the call that the frame belongs to. */
  call: number;
  /** A copy, aligned so that it can be viewed as a Float32Array. */
  payload: Uint8Array;
}

/** Bytes before the payload. */
export const HEADER_BYTES = 9;
/** Largest JSON message to a plugin, in bytes: 16 MiB. */
const MAX_CORE_MESSAGE_BYTES = 16 * 1024 * 1024;
/**
 * Largest payload of audio or bytes, in bytes: 1 MiB, which is 12 s of audio at 22 kHz. A frame is kept whole, and to take a
 * larger one apart would hold up the audio of others for some ms.
 */
export const MAX_DATA_BYTES = 1024 * 1024;

/** Largest JSON message that the core takes, in bytes: a value of 1 MiB, and 1 KiB around it. */
export const MAX_MESSAGE_BYTES = 1024 * 1024 + 1024;
/** Largest value in a message of a plugin, in bytes of JSON. The rest of the message is shorter than 64 bytes. */
export const MAX_VALUE_BYTES = MAX_MESSAGE_BYTES - 64;

/**
 * @param payload of audio or bytes: at most {@linkcode MAX_DATA_BYTES}
 * @throws SyrinxError protocol-violation if it is larger
 */
export function encodeFrame(type: FrameType, call: number, payload: Uint8Array): Uint8Array {
  const limit = type === FRAME.message ? MAX_CORE_MESSAGE_BYTES : MAX_DATA_BYTES;
  if (payload.byteLength > limit) {
    throw new SyrinxError(
      "protocol-violation",
      `Cannot send a frame of ${payload.byteLength} bytes because the limit is ${limit}`,
    );
  }
  const frame = new Uint8Array(HEADER_BYTES + payload.byteLength);
  const header = new DataView(frame.buffer);
  header.setUint32(0, payload.byteLength, true);
  header.setUint8(4, type);
  header.setUint32(5, call, true);
  frame.set(payload, HEADER_BYTES);
  return frame;
}

/**
 * Cuts a byte stream into frames. The chunks of the stream may end anywhere. Nothing of a chunk is read before it is asked for,
 * so thousands of empty frames in one chunk cost nothing until somebody takes them.
 */
export class FrameDecoder {
  /** Not read yet, the oldest first. */
  readonly #chunks: Uint8Array[] = [];
  /** How much of the first one was read, in bytes. */
  #read = 0;
  readonly #header = new Uint8Array(HEADER_BYTES);
  #headerFilled = 0;
  #frame: Frame | undefined;
  #payloadFilled = 0;

  /** @param maxMessageBytes largest payload of a JSON message */
  constructor(private readonly maxMessageBytes = MAX_CORE_MESSAGE_BYTES) {}

  /** @param chunk the next bytes of the stream; they must not change afterwards */
  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
  }

  /**
   * @returns the next frame; undefined: it is not complete yet
   * @throws SyrinxError protocol-violation if a header is not valid; the rest of the stream is then unreadable
   */
  next(): Frame | undefined {
    if (!this.#frame) {
      this.#headerFilled += this.#readInto(this.#header, this.#headerFilled);
      if (this.#headerFilled < HEADER_BYTES) return undefined;
      this.#frame = readHeader(this.#header, this.maxMessageBytes);
      this.#headerFilled = 0;
      this.#payloadFilled = 0;
    }
    const frame = this.#frame;
    this.#payloadFilled += this.#readInto(frame.payload, this.#payloadFilled);
    if (this.#payloadFilled < frame.payload.byteLength) return undefined;
    this.#frame = undefined;
    return frame;
  }

  /** Drops what was not read. */
  clear(): void {
    this.#chunks.length = 0;
    this.#read = 0;
  }

  /** Fills `target` from `from` on with what has arrived. @returns how many bytes that were */
  #readInto(target: Uint8Array, from: number): number {
    let filled = from;
    while (filled < target.byteLength) {
      const [chunk] = this.#chunks;
      if (!chunk) break;
      const piece = chunk.subarray(this.#read, this.#read + target.byteLength - filled);
      target.set(piece, filled);
      filled += piece.byteLength;
      this.#read += piece.byteLength;
      if (this.#read < chunk.byteLength) continue;
      this.#chunks.shift();
      this.#read = 0;
    }
    return filled - from;
  }

  /** Whether the stream is between two frames, so that it may end here. */
  get clean(): boolean {
    return !this.#frame && this.#headerFilled === 0 && this.#chunks.length === 0;
  }
}

function readHeader(bytes: Uint8Array, maxMessageBytes: number): Frame {
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const length = header.getUint32(0, true);
  const type = header.getUint8(4);
  if (type !== FRAME.message && type !== FRAME.audio && type !== FRAME.bytes) {
    throw new SyrinxError(
      "protocol-violation",
      `Cannot read a frame of type ${type} because the types are 1, 2 and 3`,
    );
  }
  const limit = type === FRAME.message ? maxMessageBytes : MAX_DATA_BYTES;
  if (length > limit) {
    throw new SyrinxError(
      "protocol-violation",
      `Cannot read a frame of ${length} bytes because the limit is ${limit}`,
    );
  }
  if (type === FRAME.audio && length % 4 !== 0) {
    throw new SyrinxError(
      "protocol-violation",
      `Cannot read an audio frame of ${length} bytes because a sample has 4`,
    );
  }
  return { type, call: header.getUint32(5, true), payload: new Uint8Array(length) };
}

/** @returns the samples of an audio frame, without a copy. */
export function samplesOf(frame: Frame): Float32Array {
  return new Float32Array(frame.payload.buffer, 0, frame.payload.byteLength / 4);
}
