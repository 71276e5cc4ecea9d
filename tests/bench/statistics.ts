/** Several measurements of one thing. */
export interface Sample {
  median: number;
  least: number;
  most: number;
}

/** @param values at least one */
export function sampleOf(values: readonly number[]): Sample {
  return { median: percentile(values, 50), least: Math.min(...values), most: Math.max(...values) };
}

/**
 * @param values at least one, in any order
 * @param percent 0 to 100
 * @returns by linear interpolation between the two nearest ranks
 */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) throw new RangeError("Cannot take a percentile of no values: one is needed");
  const sorted = values.toSorted((a, b) => a - b);
  const rank = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(rank)]!;
  const above = sorted[Math.ceil(rank)]!;
  return below + (above - below) * (rank - Math.floor(rank));
}

/** @returns e.g. `0.96 (0.94 to 0.97)` */
export function told({ median, least, most }: Sample, digits = 2): string {
  return `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}
