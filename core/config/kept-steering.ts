/**
 * What was asked of the config over the API, as it is now and as it is kept for the next start.
 *
 * @module
 */
import type { FullConfig } from "./full-config.ts";
import type { SteeringKeeper } from "./keepers.ts";
import type { SteeringChange } from "./outcome.ts";
import { type Steering, steeringAtStart, type Unconfirmed } from "./steering.ts";

export class KeptSteering {
  #now: Steering;
  #unconfirmed: Unconfirmed | undefined;

  /** Whether a change has gone back at this start. */
  readonly reverted: boolean;

  /** @param keeper undefined: it is kept nowhere, and nothing was asked for before this start */
  constructor(private readonly keeper: SteeringKeeper | undefined) {
    const kept = keeper?.read() ?? {};
    this.#now = steeringAtStart(kept);
    this.reverted = kept.unconfirmed !== undefined;
  }

  get now(): Steering {
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
  begin(after: Steering, { cause, actor }: Pick<SteeringChange, "cause" | "actor">): void {
    if (cause === "revert") this.keeper?.write(after, "keep");
    else this.keeper?.write({ ...after, unconfirmed: { actor, before: this.#now } }, "refuse");
  }

  /**
   * Takes over what is in force now. {@linkcode keep} writes it down.
   *
   * @param document as it is in force: one that is pinned may have been given defaults that are newer
   */
  change(after: Steering, document: FullConfig, unconfirmed: Unconfirmed | undefined): void {
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
    this.keeper?.write({ ...this.#now, ...unconfirmed }, "keep");
  }
}
