import type { SourceItem } from "syrinx/sdk";
import { ask, type FetchRequest } from "./ask.ts";

/** First wait in an outage, in ms. It doubles with each failure. */
const FIRST_RETRY_MS = 1_000;
/** Longest wait in an outage, in ms, unless `pollMs` is longer. */
const MAX_RETRY_MS = 300_000;

/** Replaced in tests. */
export interface Pace {
  /** Resolves after `ms`, or when `signal` aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 to 1. */
  random(): number;
}

const REAL: Pace = {
  wait: (ms, signal) =>
    new Promise((done) => {
      if (signal.aborted) return done();
      const timer = setTimeout(done, ms);
      const end = () => {
        clearTimeout(timer);
        done();
      };
      signal.addEventListener("abort", end, { once: true });
    }),
  random: Math.random,
};

/**
 * Yields the document at a URL, and again after every change. Yields one problem per outage, even after many requests.
 * When the outage ends, yields the last document again.
 */
export async function* watchUrl(
  { pollMs, ...request }: FetchRequest & { readonly pollMs: number },
  signal: AbortSignal,
  { wait, random }: Pace = REAL,
): AsyncGenerator<SourceItem, void, void> {
  let etag: string | undefined;
  /** The last item that the server sent. */
  let latest: SourceItem | undefined;
  /** The last yielded item. */
  let yielded: SourceItem | undefined;
  let failures = 0;

  while (!signal.aborted) {
    const answer = await ask(request, etag, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    if (!answer) return;
    let pause = pollMs;
    if (answer.kind === "outage") {
      const backOff = Math.min(FIRST_RETRY_MS, pollMs) * 2 ** failures++;
      pause = Math.max(Math.min(backOff, Math.max(MAX_RETRY_MS, pollMs)), answer.retryAfterMs);
      // The reason may change from one failure to the next, but it is one outage.
      if (failures === 1) yield (yielded = answer.item);
    } else {
      failures = 0;
      if (answer.kind === "document") {
        etag = answer.etag;
        if (!Bun.deepEquals(latest, answer.item)) latest = answer.item;
      }
      if (latest && latest !== yielded) yield (yielded = latest);
    }
    await wait(pause * (0.9 + 0.2 * random()), signal);
  }
}
