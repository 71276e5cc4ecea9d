/**
 * Whose memory is taken back when there is not enough. Pure.
 *
 * @module
 */

/** One that may be unloaded. */
export interface Idle {
  key: string;
  /** Bytes that its end frees, of each device on which some are lacking. */
  frees: readonly number[];
}

/**
 * @param lacking bytes, of each device
 * @param idle the least recently used first
 * @returns keys of the fewest that free enough, the least recently used of them first; among sets of the same size, the
 *   one with those who were used least recently. Undefined if all of them together do not
 */
export function fewestToEvict(lacking: readonly number[], idle: readonly Idle[]): string[] | undefined {
  const pick = (from: number, count: number, still: readonly number[]): string[] | undefined => {
    if (still.every((bytes) => bytes <= 0)) return [];
    const rest = idle.slice(from);
    // With one device this bound is exact, so that the search never turns back.
    if (still.some((bytes, device) => bytes > mostOf(count, rest, device))) return undefined;
    for (const [index, { key, frees }] of rest.entries()) {
      const left = still.map((bytes, device) => bytes - (frees[device] ?? 0));
      const others = pick(from + index + 1, count - 1, left);
      if (others) return [key, ...others];
    }
    return undefined;
  };
  for (let count = 1; count <= idle.length; count++) {
    const found = pick(0, count, lacking);
    if (found) return found;
  }
  return undefined;
}

/** @returns the most bytes of a device that `count` of them can free */
function mostOf(count: number, idle: readonly Idle[], device: number): number {
  const sizes = idle.map(({ frees }) => frees[device] ?? 0).sort((a, b) => b - a);
  return sizes.slice(0, count).reduce((sum, bytes) => sum + bytes, 0);
}
