/**
 * The config sources that run: brought in line with what the config says, each listened to by a watch of its own.
 *
 * @module
 */
import type { SourceItem } from "../../../schemas/generated/hooks.ts";
import type { Clock } from "../../clock.ts";
import type { Logger } from "../../log.ts";
import type { FullSource } from "../layers/mod.ts";
import { type DocumentTaker, SourceWatch } from "./source-watch.ts";

export interface SourceSetOptions {
  store: DocumentTaker;
  clock: Clock;
  log: Logger;
  /** Brings a source to what is wanted of it: a new one is started, a present one swapped. Never rejects. */
  fill(name: string, wanted: FullSource): Promise<void>;
  /** Ends a source. */
  remove(name: string): Promise<void>;
  /** As in {@linkcode SourceWatchOptions}. */
  listen(name: string, signal: AbortSignal): AsyncIterable<SourceItem>;
}

interface Followed {
  wanted: FullSource;
  readonly watch: SourceWatch;
  /** Settles when its first word has been dealt with. */
  readonly heard: Promise<void>;
}

export class SourceSet {
  readonly #followed = new Map<string, Followed>();
  readonly #leaving = new Set<Promise<void>>();

  constructor(private readonly options: SourceSetOptions) {}

  /**
   * Starts, swaps and ends sources, as they differ from what was wanted before. Waits for none of it: what comes of a
   * source is in its slot, and what it says goes to the store, which may be in the middle of the change that names it.
   */
  follow(sources: Readonly<Record<string, FullSource>>): void {
    for (const [name, { watch }] of this.#followed) {
      if (Object.hasOwn(sources, name)) continue;
      this.#followed.delete(name);
      this.#leave(Promise.all([watch.stop(), this.options.remove(name)]));
    }
    for (const [name, wanted] of Object.entries(sources)) {
      const present = this.#followed.get(name);
      if (!present) this.#add(name, wanted);
      else if (!Bun.deepEquals(present.wanted, wanted)) {
        present.wanted = wanted;
        this.#leave(this.options.fill(name, wanted));
      }
    }
  }

  /** Resolves once the first word of every source has been dealt with, those included that were named meanwhile. */
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

  /** Asks every source for its present document. Resolves once all of that has been dealt with. */
  async reread(): Promise<void> {
    await Promise.all([...this.#followed.values()].map(({ watch }) => watch.again()));
  }

  /** Stops listening. The slots are left to who fills them. */
  async stop(): Promise<void> {
    await Promise.all([...this.#followed.values()].map(({ watch }) => watch.stop()));
    this.#followed.clear();
    await Promise.all(this.#leaving);
  }

  #add(name: string, wanted: FullSource): void {
    const { store, clock, log, fill, listen } = this.options;
    this.#leave(fill(name, wanted));
    const watch = new SourceWatch({ name, store, clock, log, listen: (signal) => listen(name, signal) });
    this.#followed.set(name, { wanted, watch, heard: watch.start() });
  }

  #leave(task: Promise<unknown>): void {
    const leaving = task.then(
      () => void this.#leaving.delete(leaving),
      (error: unknown) => {
        this.#leaving.delete(leaving);
        this.options.log.error({ err: error }, "a config source could not be started or ended");
      },
    );
    this.#leaving.add(leaving);
  }
}
