/**
 * Keeps listening to one config source, and offers what it says to the store.
 *
 * @module
 */
import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import type { SourceItem } from "../../../schemas/generated/hooks.ts";
import type { Clock } from "../../clock.ts";
import { asSyrinxError, type SyrinxError } from "../../errors.ts";
import type { Logger } from "../../log.ts";
import type { OfferOutcome } from "../outcome.ts";

/** How long the start waits for a source's first word, in ms. */
const FIRST_WORD_MS = 10_000;
/** How long to wait before a source that failed, or has ended by itself, is asked again, in ms. */
const RETRY_MS = 5_000;

/** Takes what the sources say. */
export interface DocumentTaker {
  /** @returns what became of it */
  offer(source: string, item: SourceItem): Promise<OfferOutcome>;
}

export interface SourceWatchOptions {
  name: string;
  store: DocumentTaker;
  clock: Clock;
  log: Logger;
  /** Listens to the source, whichever process it is, until `signal` aborts or the source ends by itself. */
  listen(signal: AbortSignal): AsyncIterable<SourceItem>;
}

export class SourceWatch {
  readonly #closing = new AbortController();
  readonly #heard = Promise.withResolvers<void>();
  #ended: Promise<void> = Promise.resolve();
  /** Ends the present listening alone. */
  #round = new AbortController();
  /** Those who wait for what the source says when it is listened to anew. */
  #asked: PromiseWithResolvers<void> | undefined;
  /** Why it failed last; undefined: it has spoken since. */
  #failure: string | undefined;
  /** What it said last; undefined: nothing, or it has failed since. */
  #last: SourceItem | undefined;

  constructor(private readonly options: SourceWatchOptions) {}

  /** Resolves once the source's first word has been dealt with, or it has said nothing for too long. */
  async start(): Promise<void> {
    const { name, clock, log } = this.options;
    this.#ended = this.#watch();
    const timer = clock.after(FIRST_WORD_MS, () => {
      log.error(`the config source ${name} said nothing within ${FIRST_WORD_MS} ms`);
      this.#heard.resolve();
    });
    await this.#heard.promise;
    timer.cancel();
  }

  /**
   * Listens anew: the source says its present document first. Resolves once that has been dealt with, or it has said nothing
   * for too long.
   */
  async again(): Promise<void> {
    this.#asked ??= Promise.withResolvers<void>();
    const { promise, resolve } = this.#asked;
    this.#round.abort();
    const timer = this.options.clock.after(FIRST_WORD_MS, resolve);
    await promise;
    timer.cancel();
  }

  async stop(): Promise<void> {
    this.#closing.abort();
    this.#heard.resolve();
    this.#asked?.resolve();
    await this.#ended;
  }

  async #watch(): Promise<void> {
    const { listen } = this.options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      this.#round = new AbortController();
      const asked = this.#asked;
      this.#asked = undefined;
      // What was turned down would be tried every 5 s of a source that ends, and begins with the same each time.
      let known = asked ? undefined : this.#last;
      try {
        for await (const item of listen(AbortSignal.any([signal, this.#round.signal]))) {
          this.#failure = undefined;
          if (!known || !Bun.deepEquals(item, known)) await this.#take(item);
          known = undefined;
          this.#heard.resolve();
          asked?.resolve();
        }
        if (this.#round.signal.aborted) continue;
        // It has ended by itself: what it said stays, and it may have more to say when it is asked again.
        this.#heard.resolve();
      } catch (error) {
        if (signal.aborted) return;
        await this.#fail(asSyrinxError(error));
      }
      asked?.resolve();
      await this.#pause();
    }
  }

  /** A process that died is replaced, and speaks then; what else goes wrong the source's status has to tell, once. */
  async #fail({ code, message }: SyrinxError): Promise<void> {
    const { name, store, log } = this.options;
    if (message === this.#failure) return;
    this.#last = undefined;
    log.warn(`the config source ${name} failed: ${message}`);
    if (code === "plugin-crashed") return;
    this.#failure = message;
    await store.offer(name, { problem: message, origin: `sources.${name}` });
    this.#heard.resolve();
  }

  async #take(item: SourceItem): Promise<void> {
    const { name, store, log } = this.options;
    this.#last = item;
    const outcome = await store.offer(name, item);
    if (outcome.outcome === "applied") {
      const isEmpty = "document" in item && Object.keys(item.document as object).length === 0;
      log.info(`config version ${outcome.version}: the defaults${isEmpty ? "" : ` and ${item.origin}`}`);
    } else if (outcome.outcome === "held") {
      log.warn(
        `the config is pinned to version ${outcome.version}: what ${item.origin} says is held until an unpin`,
      );
    } else if (outcome.outcome === "rejected") {
      const lines = outcome.problems.map((problem) => `\n  ${describeProblem(problem, item.origin)}`);
      log.error(`the config was rejected, the last good one stays:${lines.join("")}`);
    }
  }

  /** Is over at once when the source is asked anew, even if that was before. */
  async #pause(): Promise<void> {
    const ended = AbortSignal.any([this.#closing.signal, this.#round.signal]);
    if (ended.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = this.options.clock.after(RETRY_MS, resolve);
    ended.addEventListener("abort", () => resolve(), { once: true });
    await promise;
    timer.cancel();
  }
}

function describeProblem({ pointer, message, origin, line, column }: ConfigProblem, source: string): string {
  const place = [origin ?? source, line, column].filter((part) => part !== undefined).join(":");
  return [place, pointer, message].filter(Boolean).join(" ");
}
