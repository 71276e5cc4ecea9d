import { REFRESH, RESOURCES, type Resource } from "./resources.ts";

/** Least time between two requests for the same resource, in ms. */
const MIN_MS = 500;

/**
 * When to ask the engine for which resource: often for those in sight, at once for those that an event has made old, and
 * never twice at the same time. Times are in ms.
 */
export class Freshness {
  readonly #askedAt = new Map<Resource, number>();
  readonly #stale = new Set<Resource>();
  readonly #asking = new Set<Resource>();

  /** Marks resources as old. They are due at once if they were ever requested. */
  age(resources: readonly Resource[]): void {
    for (const one of resources) if (this.#askedAt.has(one)) this.#stale.add(one);
  }

  /**
   * @param needed by the pane that is shown
   * @returns the resources to ask for now; call `answered` for each
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
    const { shownMs, hiddenMs } = REFRESH[resource];
    const age = now - (this.#askedAt.get(resource) ?? -Infinity);
    if (this.#stale.has(resource) && age >= MIN_MS) return isNeeded || hiddenMs < Infinity;
    if (isNeeded) return age >= shownMs;
    return hiddenMs < Infinity && age >= hiddenMs;
  }
}
