/**
 * What an engine that runs does at a signal.
 *
 * @module
 */
import { closeSync, openSync } from "node:fs";

const STOPPING = ["SIGINT", "SIGTERM"] as const;
const EXIT_CUT_SHORT = 130;

/**
 * Listens to the signals of this process. A second signal to stop ends it at once.
 *
 * @param hungUp called at each SIGHUP, unless the terminal of the engine was closed
 * @returns the first signal to stop. SIGHUP is one if the terminal was closed: an engine that nobody sees does not go on
 */
export function listenToSignals(hungUp: () => void): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const isOnTerminal = process.stderr.isTTY;
  let signals = 0;
  const stop = (signal: NodeJS.Signals) => {
    if (++signals > 1) process.exit(EXIT_CUT_SHORT);
    resolve(signal);
  };
  for (const signal of STOPPING) process.on(signal, stop);
  process.on("SIGHUP", () => {
    if (isOnTerminal && !hasTerminal()) stop("SIGHUP");
    else hungUp();
  });
  return promise;
}

/** @returns whether this process still has its terminal: once that was closed, it cannot be opened any more (tty(4)) */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
