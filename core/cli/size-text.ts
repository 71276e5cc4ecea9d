const MEGABYTE = 1_000_000;
const GIGABYTE = 1_000_000_000;

/** @returns e.g. `4.7 MB`, `312 MB` or `9.5 GB`, decimal, as disks and models are sold */
export function sizeText(bytes: number): string {
  const megabytes = bytes / MEGABYTE;
  if (Math.round(megabytes) >= 1_000) return `${(bytes / GIGABYTE).toFixed(1)} GB`;
  return `${megabytes.toFixed(bytes === 0 || megabytes >= 9.95 ? 0 : 1)} MB`;
}
