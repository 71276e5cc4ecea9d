import { type Resource, RESOURCES, UPKEEP } from "./resources.ts";

/** What is never asked for more often than this, in ms, however fast it changes. */
const MIN_MS = 500;

/**
 * When to ask the engine for what: often for what is looked at, at once for what an event has made old, and never twice at
 * the same time. Times are in ms.
 */
export class Freshness {
  readonly #askedAt = new Map<Resource, number>();
  readonly #stale = new Set<Resource>();
  readonly #asking = new Set<Resource>();

  /** Marks what is old; it is due at once if it was ever asked for. */
  age(resources: readonly Resource[]): void {
    for (const one of resources) if (this.#askedAt.has(one)) this.#stale.add(one);
  }

  /**
   * @param needed by the pane that is shown
   * @returns what is to be asked for now; `answered` has to be called for each
   */
  due(needed: ReadonlySet<Resource>, now: number): Resource[] {
    const due = RESOURCES.filter((one) => !this.#asking.has(one) && this.#isDue(one, needed.has(one), now));
    for (const one of due) {
      this.#asking.add(one);
      this.#stale.delete(one);
      this.#askedAt.set(one, now);
    }
    return due;
  }

  answered(resource: Resource): void {
    this.#asking.delete(resource);
  }

  #isDue(resource: Resource, isNeeded: boolean, now: number): boolean {
    const { shownMs, hiddenMs } = UPKEEP[resource];
    const age = now - (this.#askedAt.get(resource) ?? -Infinity);
    if (this.#stale.has(resource) && age >= MIN_MS) return isNeeded || hiddenMs < Infinity;
    if (isNeeded) return age >= shownMs;
    return hiddenMs < Infinity && age >= hiddenMs;
  }
}
