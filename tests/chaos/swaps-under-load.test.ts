import { expect, test } from "bun:test";
import { brokenPromises } from "../soak/promises.ts";
import { soak } from "../soak/soak.ts";

const SWAPS = 30;
/** After each request of a client, in ms. Requests are under way at every moment, and a swap still has a processor. */
const PAUSE_MS = 200;
/** A swap takes half a second on an idle machine of 2 cores; on a busy one it may take several. */
const LONG_MS = 300_000;

test(
  `${SWAPS} swaps of plugin, model and settings under constant load fail no request, and mix no two generations`,
  async () => {
    const result = await soak({ swaps: SWAPS, clients: 16, pauseMs: PAUSE_MS, restMs: 0 });
    expect(brokenPromises(result)).toEqual([]);
    // It was a load, and the listeners heard of nearly every swap.
    expect(result.requests).toBeGreaterThan(4 * SWAPS);
    expect(result.generationsHeard).toBeGreaterThan(SWAPS / 2);
  },
  LONG_MS,
);
