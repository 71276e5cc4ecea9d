/**
 * Sizes and times as people read them.
 *
 * @module
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @returns a span of time in its two largest units, e.g. 3 h 12 min; under a minute in whole seconds */
export function spanText(ms: number): string {
  const [days, hours, minutes, seconds] = [
    Math.floor(ms / DAY),
    Math.floor(ms / HOUR) % 24,
    Math.floor(ms / MINUTE) % 60,
    Math.max(0, Math.floor(ms / SECOND)) % 60,
  ];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min` : `${seconds} s`;
}

/** @returns how long something took, e.g. 7 ms, 480 ms or 2.31 s */
export function tookText(ms: number): string {
  const whole = Math.round(ms);
  return whole < SECOND ? `${whole} ms` : `${(ms / SECOND).toFixed(2)} s`;
}

/**
 * @param at RFC 3339
 * @param now ms since 1970
 * @returns the local time of day, with the date unless it is today
 */
export function timeText(at: string, now: number): string {
  const then = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = [then.getHours(), then.getMinutes(), then.getSeconds()].map(two).join(":");
  if (new Date(now).toDateString() === then.toDateString()) return time;
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())} ${time}`;
}

/** Units of 1000 each. Memory is counted in GB, so these have a digit after the point whatever their size. */
const UNITS = [
  { name: "kB", isPrecise: false },
  { name: "MB", isPrecise: false },
  { name: "GB", isPrecise: true },
  { name: "TB", isPrecise: true },
] as const;

/** @returns a size in decimal units, as disks and models are sold, e.g. 512 kB, 4.7 MB, 312 MB or 85.9 GB */
export function bytesText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  let value = bytes;
  for (const [index, { name, isPrecise }] of UNITS.entries()) {
    value /= 1_000;
    // 999.5 of a unit would be shown as 1000 of it.
    if (value < 999.5 || index === UNITS.length - 1)
      return `${value.toFixed(isPrecise || value < 9.95 ? 1 : 0)} ${name}`;
  }
  throw new Error("the last unit takes every size");
}
