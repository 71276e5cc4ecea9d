/**
 * Shares the event loop between the streams that are encoded on it.
 *
 * @module
 */

/** How long all streams together may hold the event loop, in ms. */
const MAX_WORK_MS = 2;

/** When work began in this turn of the event loop; undefined: none has. On the monotonic clock, in ms. */
let began: number | undefined;

/** Resolves when some more may be done: now, or in a later turn of the event loop. Callers come in the order of their calls. */
export async function workTurn(): Promise<void> {
  while (performance.now() - beginning() >= MAX_WORK_MS)
    await new Promise<void>((resume) => setImmediate(resume));
}

function beginning(): number {
  if (began === undefined) {
    began = performance.now();
    // Before those that wait: they are resumed in this order.
    setImmediate(() => {
      began = undefined;
    });
  }
  return began;
}
