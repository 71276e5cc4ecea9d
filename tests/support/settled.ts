/** How many turns of the event loop it takes at most until what waits for nothing outside this process is over. */
const TURNS = 3;

/** Resolves when all promises and callbacks have run that wait for nothing but each other. No time has to pass for it. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** @returns whether a promise still waits once all that can run has run */
export async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let isOver = false;
  const end = () => void (isOver = true);
  promise.then(end, end);
  await settled();
  return !isOver;
}
