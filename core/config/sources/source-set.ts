/**
 * The config sources that run: kept in line with what the config names, each listened to by a watch of its own.
 *
 * @module
 */
import type { SourceItem } from "../../../schemas/generated/hooks.ts";
import type { Clock } from "../../clock.ts";
import type { Logger } from "../../log.ts";
import type { FullSource } from "../layers/mod.ts";
import { type DocumentTaker, SourceWatch } from "./source-watch.ts";

/** Runs a process for each source. */
export interface SourceRunner {
  /** Starts a source, or swaps an existing one to what is wanted. Never rejects: a failure is in the source's slot. */
  fill(name: string, wanted: FullSource): Promise<void>;
  /** Ends a source. */
  remove(name: string): Promise<void>;
  /** Listens to a source, whichever process serves it, until `signal` aborts or the source ends by itself. */
  listen(name: string, signal: AbortSignal): AsyncIterable<SourceItem>;
}

export interface SourceSetOptions {
  runner: SourceRunner;
  clock: Clock;
  log: Logger;
}

type Sources = Readonly<Record<string, FullSource>>;

interface Followed {
  wanted: FullSource;
  readonly watch: SourceWatch;
  /** Settles when its first document was dealt with. */
  readonly heard: Promise<void>;
}

export class SourceSet {
  readonly #followed = new Map<string, Followed>();
  readonly #underWay = new Set<Promise<void>>();
  #taker: DocumentTaker | undefined;

  constructor(private readonly options: SourceSetOptions) {}

  /**
   * Starts the first sources. Called once, before {@linkcode follow}: applying a config follows its sources, and their
   * documents become configs, so one of the two has to come later.
   *
   * @param taker is offered every document, also of the sources that come later
   */
  start(taker: DocumentTaker, sources: Sources): void {
    this.#taker = taker;
    this.follow(sources, { fill: true });
  }

  /**
   * Starts, swaps and ends sources, as they differ from what was wanted before. Waits for none of it: a failure is in the
   * source's slot, and the documents go to the taker, which may be in the middle of the change that names the source.
   *
   * @param fill false: the slots of the sources are as wanted already
   */
  follow(sources: Sources, { fill }: { fill: boolean }): void {
    const { runner } = this.options;
    for (const [name, { watch }] of this.#followed) {
      if (Object.hasOwn(sources, name)) continue;
      this.#followed.delete(name);
      this.#track(Promise.all([watch.stop(), runner.remove(name)]));
    }
    for (const [name, wanted] of Object.entries(sources)) {
      const present = this.#followed.get(name);
      if (present && Bun.deepEquals(present.wanted, wanted)) continue;
      if (fill) this.#track(runner.fill(name, wanted));
      if (present) present.wanted = wanted;
      else this.#listen(name, wanted);
    }
  }

  /** Resolves once the first document of every source was dealt with, also of those that were named meanwhile. */
  async heard(): Promise<void> {
    const waited = new Set<Followed>();
    for (;;) {
      const waiting = [...this.#followed.values()].filter((source) => !waited.has(source));
      if (waiting.length === 0) return;
      for (const source of waiting) {
        waited.add(source);
        await source.heard;
      }
    }
  }

  /** Asks every source for its current document. Resolves once all of these were dealt with. */
  async reread(): Promise<void> {
    await Promise.all([...this.#followed.values()].map(({ watch }) => watch.again()));
  }

  /** Stops listening. The slots of the sources stay filled. */
  async stop(): Promise<void> {
    await Promise.all([...this.#followed.values()].map(({ watch }) => watch.stop()));
    this.#followed.clear();
    await Promise.all(this.#underWay);
  }

  #listen(name: string, wanted: FullSource): void {
    const { runner, clock, log } = this.options;
    if (!this.#taker) throw new Error(`The source ${name} cannot be listened to before the set is started`);
    const watch = new SourceWatch({ name, taker: this.#taker, runner, clock, log });
    this.#followed.set(name, { wanted, watch, heard: watch.start() });
  }

  #track(task: Promise<unknown>): void {
    const tracked = task.then(
      () => void this.#underWay.delete(tracked),
      (error: unknown) => {
        this.#underWay.delete(tracked);
        this.options.log.error({ err: error }, "a config source could not be started or ended");
      },
    );
    this.#underWay.add(tracked);
  }
}
