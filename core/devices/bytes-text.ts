const GIGA = 1e9;
const MEGA = 1e6;

/**
 * @param digits after the point, of gigabytes
 * @returns decimal units, as disks and budgets are told: `6.0 GB`, `320 MB`
 */
export function bytesText(bytes: number, digits = 1): string {
  return bytes < GIGA - MEGA / 2 ? `${Math.round(bytes / MEGA)} MB` : `${(bytes / GIGA).toFixed(digits)} GB`;
}

/** @returns both as texts with as many digits as it takes to tell them apart, if they differ by a megabyte or more */
export function comparedBytes(one: number, other: number): [string, string] {
  for (const digits of [1, 2]) {
    const texts: [string, string] = [bytesText(one, digits), bytesText(other, digits)];
    if (texts[0] !== texts[1]) return texts;
  }
  return [bytesText(one, 3), bytesText(other, 3)];
}
