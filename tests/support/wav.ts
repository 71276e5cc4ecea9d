/** A wav file of 16-bit mono, taken apart. */
export interface Wav {
  /** Hz. */
  sampleRate: number;
  /** In [-1, 1]. */
  samples: Float32Array;
  seconds: number;
}

export function parseWav(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sampleRate = view.getUint32(24, true);
  const count = Math.floor((bytes.byteLength - 44) / 2);
  const samples = Float32Array.from({ length: count }, (_, i) => view.getInt16(44 + 2 * i, true) / 32768);
  return { sampleRate, samples, seconds: count / sampleRate };
}
