/**
 * What was asked of the config over the API, as it is now and as it is kept for the next start.
 *
 * @module
 */
import type { FullConfig } from "./full-config.ts";
import type { ApiChangesJournal } from "./config-journal.ts";
import type { RequestedChange } from "./outcome.ts";
import { type ApiChanges, apiChangesAtStart, type Unconfirmed } from "./api-changes.ts";

export class StoredApiChanges {
  #now: ApiChanges;
  #unconfirmed: Unconfirmed | undefined;

  /** Whether a change has gone back at this start. */
  readonly reverted: boolean;

  /** @param journal undefined: it is kept nowhere, and nothing was asked for before this start */
  constructor(private readonly journal: ApiChangesJournal | undefined) {
    const kept = journal?.read() ?? {};
    this.#now = apiChangesAtStart(kept);
    this.reverted = kept.unconfirmed !== undefined;
  }

  get now(): ApiChanges {
    return this.#now;
  }

  /** A change that waits to be confirmed. */
  get unconfirmed(): Unconfirmed | undefined {
    return this.#unconfirmed;
  }

  /**
   * Writes down what is about to be applied: cut short from here on, it has gone back at the next start.
   *
   * @throws SyrinxError journal-unwritable
   */
  begin(after: ApiChanges, { cause, actor }: Pick<RequestedChange, "cause" | "actor">): void {
    if (cause === "revert") this.journal?.write(after, "keep");
    else this.journal?.write({ ...after, unconfirmed: { actor, before: this.#now } }, "refuse");
  }

  /**
   * Takes over what is in force now. {@linkcode keep} writes it down.
   *
   * @param document as it is in force: one that is pinned may have been given defaults that are newer
   */
  change(after: ApiChanges, document: FullConfig, unconfirmed: Unconfirmed | undefined): void {
    this.#now = after.pinned ? { ...after, pinned: { ...after.pinned, document } } : after;
    this.#unconfirmed = unconfirmed;
  }

  /** Nothing is taken back any more. */
  confirm(): void {
    this.#unconfirmed = undefined;
    this.keep();
  }

  /** Forgets a pin that does not fit this engine. The next change writes that down. */
  unpin(): void {
    const { pinned: _, ...rest } = this.#now;
    this.#now = rest;
  }

  /** Writes down what there is now, and that nothing is under way. */
  keep(): void {
    const unconfirmed = this.#unconfirmed && { unconfirmed: this.#unconfirmed };
    this.journal?.write({ ...this.#now, ...unconfirmed }, "keep");
  }
}
