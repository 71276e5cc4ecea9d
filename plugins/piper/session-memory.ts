/** What a session takes beside its weights, in bytes: its thread, and the sound that it computes. */
const FIXED_BYTES = 40e6;
/** Weights that are kept in another layout, and what long sentences take: measured with models of 5 and 63 MB. */
const BYTES_PER_MODEL_BYTE = 2.5;

/**
 * Whether the process may load its model once more. If it took more than it may, the engine would end it.
 *
 * @param modelBytes size of the model's file
 * @param memoryBytes what the process may use
 * @param usedBytes what it uses now
 */
export function fitsAnotherSession(
  modelBytes: number,
  memoryBytes: number,
  usedBytes: number = process.memoryUsage.rss(),
): boolean {
  return usedBytes + FIXED_BYTES + BYTES_PER_MODEL_BYTE * modelBytes <= memoryBytes;
}
