/**
 * Keeps listening to one config source, and passes on its documents.
 *
 * The start waits for a source's first document, and no longer than 10 s: a source that is missing, blocked or silent must not
 * keep the engine from speaking. A source that fails later leaves its last document active. A source that ends by itself has no
 * more documents. Both are asked again after 5 s, and at once by a reload of the config.
 *
 * @module
 */
import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import type { SourceItem } from "../../../schemas/generated/hooks.ts";
import type { Clock } from "../../clock.ts";
import { asSyrinxError, type SyrinxError } from "../../errors.ts";
import type { Logger } from "../../log.ts";
import type { OfferOutcome } from "../outcome.ts";

/** How long the start waits for a source's first document, in ms. */
const FIRST_DOCUMENT_MS = 10_000;
/** How long to wait before a source that failed, or has ended by itself, is asked again, in ms. */
const RETRY_MS = 5_000;

/** Takes the documents of the sources. */
export interface DocumentTaker {
  /** @returns what became of the document */
  offer(source: string, item: SourceItem): Promise<OfferOutcome>;
}

export interface SourceWatchOptions {
  name: string;
  taker: DocumentTaker;
  runner: { listen(name: string, signal: AbortSignal): AsyncIterable<SourceItem> };
  clock: Clock;
  log: Logger;
}

export class SourceWatch {
  readonly #closing = new AbortController();
  readonly #heard = Promise.withResolvers<void>();
  #ended: Promise<void> = Promise.resolve();
  /** Ends the current round of listening. */
  #round = new AbortController();
  /** Resolves once the source was started again and its document was dealt with. */
  #asked: PromiseWithResolvers<void> | undefined;
  /** Why it failed last; undefined: it has offered a document since. */
  #failure: string | undefined;
  /** Its last document; undefined: there was none, or it has failed since. */
  #last: SourceItem | undefined;

  constructor(private readonly options: SourceWatchOptions) {}

  /** Resolves once the source's first document was dealt with, or the source was silent for 10 s. */
  async start(): Promise<void> {
    const { name, clock, log } = this.options;
    this.#ended = this.#watch();
    const timer = clock.after(FIRST_DOCUMENT_MS, () => {
      log.error(`the config source ${name} sent no document within ${FIRST_DOCUMENT_MS} ms`);
      this.#heard.resolve();
    });
    await this.#heard.promise;
    timer.cancel();
  }

  /**
   * Listens again: the source sends its current document first. Resolves once that was dealt with, or the source was silent
   * for 10 s.
   */
  async again(): Promise<void> {
    this.#asked ??= Promise.withResolvers<void>();
    const { promise, resolve } = this.#asked;
    this.#round.abort();
    const timer = this.options.clock.after(FIRST_DOCUMENT_MS, resolve);
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
    const { name, runner } = this.options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      this.#round = new AbortController();
      const asked = this.#asked;
      this.#asked = undefined;
      // A source that ends is asked every 5 s. If it sends the same document each time, that is not tried each time.
      let known = asked ? undefined : this.#last;
      try {
        for await (const item of runner.listen(name, AbortSignal.any([signal, this.#round.signal]))) {
          this.#failure = undefined;
          if (!known || !Bun.deepEquals(item, known)) await this.#take(item);
          known = undefined;
          this.#heard.resolve();
          asked?.resolve();
        }
        if (this.#round.signal.aborted) continue;
        // It has ended by itself. Its document stays, and it may have another one when it is asked again.
        this.#heard.resolve();
      } catch (error) {
        if (signal.aborted) return;
        await this.#fail(asSyrinxError(error));
      }
      asked?.resolve();
      await this.#pause();
    }
  }

  /** A process that died is replaced, and the new one sends a document. The status shows any other failure, once. */
  async #fail({ code, message }: SyrinxError): Promise<void> {
    const { name, taker, log } = this.options;
    if (message === this.#failure) return;
    this.#last = undefined;
    log.warn(`the config source ${name} failed: ${message}`);
    if (code === "plugin-crashed") return;
    this.#failure = message;
    await taker.offer(name, { problem: message, origin: `sources.${name}` });
    this.#heard.resolve();
  }

  async #take(item: SourceItem): Promise<void> {
    const { name, taker, log } = this.options;
    this.#last = item;
    const outcome = await taker.offer(name, item);
    if (outcome.outcome === "applied") {
      const isEmpty = "document" in item && Object.keys(item.document as object).length === 0;
      log.info(`config version ${outcome.version}: the defaults${isEmpty ? "" : ` and ${item.origin}`}`);
    }
    if ((outcome.outcome === "applied" || outcome.outcome === "unchanged") && outcome.overridden)
      log.warn(
        `${outcome.overridden.join(", ")} of ${item.origin} has no effect because an override decides there: ` +
          "to remove one, syrinx config unset NAME",
      );
    else if (outcome.outcome === "held") {
      log.warn(
        `the config is pinned to version ${outcome.version}: the document of ${item.origin} is held until an unpin`,
      );
    } else if (outcome.outcome === "rejected") {
      const lines = outcome.problems.map((problem) => `\n  ${describeProblem(problem, item.origin)}`);
      log.error(`the config was rejected, the last good one stays:${lines.join("")}`);
    }
  }

  /** Waits 5 s. Ends at once when the source is asked again, even if that was before the pause. */
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
