/**
 * When a process that died is started again: at once, then after 250 ms, doubled each time. Five deaths within a minute
 * are a crash loop. Pure.
 *
 * @module
 */

/** Deaths further apart than this do not count as one series, in ms. */
export const WATCH_WINDOW_MS = 60_000;
/** So many deaths within the window are a crash loop. VS Code's extension host allows 3 in 5 minutes. */
export const MAX_DEATHS = 5;
/** Wait before the second restart of a series, in ms; it doubles with each one after. */
const FIRST_WAIT_MS = 250;

/**
 * @param deaths times of the deaths so far, the current one last, in ms
 * @returns ms to wait before the restart (the first is at once), or `crash-loop`
 */
export function restartDelay(deaths: readonly number[]): number | "crash-loop" {
  const now = deaths.at(-1) ?? 0;
  const recent = recentDeaths(deaths, now).length;
  if (recent >= MAX_DEATHS) return "crash-loop";
  return recent <= 1 ? 0 : FIRST_WAIT_MS * 2 ** (recent - 2);
}

/** @returns those deaths that still count at `now` */
export function recentDeaths(deaths: readonly number[], now: number): number[] {
  return deaths.filter((at) => now - at < WATCH_WINDOW_MS);
}
