/**
 * How a test waits: for a condition, with a deadline, and with a message that says what was missing.
 *
 * @module
 */

/** How long a test waits unless it says otherwise, in ms. A busy machine needs less, and a test may last longer. */
const DEADLINE_MS = 30_000;
/** From one look to the next, in ms, where no event tells of a change. */
const PAUSE_MS = 10;
/** How much of the last value a message shows, in characters. */
const MAX_SHOWN = 4_000;

type Falsy = false | undefined | null | 0 | "";

export interface Wait<T> {
  /** Whether a value is the wanted one. Default: it is truthy. */
  is?(value: T): boolean;
  /** How long to wait, in ms. Default: 30 s. */
  deadlineMs?: number;
  /** Resolves when it is worth looking again: where there is an event, wait on that. Default: after 10 ms. */
  next?(): Promise<unknown>;
  /** How the message shows the last value. Default: as `console.log` does. */
  show?(value: T): string;
}

/**
 * Looks again and again until a condition holds.
 *
 * @param what is waited for, as the end of "Waited 30 s until …"
 * @param condition is looked at; what it throws ends the wait
 * @returns the value that was wanted
 * @throws Error after the deadline, with `what` and the last value
 */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  wait: Wait<T> & Pick<Required<Wait<T>>, "is">,
): Promise<T>;
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  wait?: Omit<Wait<T>, "is">,
): Promise<Exclude<T, Falsy>>;
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  { is = Boolean, deadlineMs = DEADLINE_MS, next = pause, show = Bun.inspect }: Wait<T> = {},
): Promise<T> {
  let last: { value: T } | undefined;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const seen = last ? show(last.value).slice(0, MAX_SHOWN) : "none, as the first look is not over";
    late.reject(new Error(`Waited ${deadlineMs / 1000} s until ${what}. The last value: ${seen}`));
  }, deadlineMs);
  // The deadline may pass while nobody waits for it.
  late.promise.catch(() => {});
  try {
    for (;;) {
      // Before the look: what happens during it is not missed.
      const change = next();
      const value = await Promise.race([condition(), late.promise]);
      if (is(value)) return value;
      last = { value };
      await Promise.race([change, late.promise]);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for one thing that happens, such as an event. @throws Error after the deadline, with `what` */
export function inTime<T>(what: string, event: Promise<T>, deadlineMs?: number): Promise<T> {
  return until(what, () => event, { is: () => true, ...(deadlineMs !== undefined && { deadlineMs }) });
}

const pause = () => Bun.sleep(PAUSE_MS);
