import type { WantedBinding } from "../releases/mod.ts";

/** A wish as it was. */
export interface WishStanding {
  readonly configured: WantedBinding;
  readonly wanted: WantedBinding;
  /** How many requests there were. */
  readonly requests: number;
}

/**
 * What is to fill a slot, before versions are chosen: what the config wants, or what somebody has chosen since.
 *
 * Requests take time, and others come meanwhile. The latest one decides, and not the one that serves last.
 */
export class SlotWish {
  #configured: WantedBinding;
  #wanted: WantedBinding;
  #requests = 0;
  /** The request that has decided what is wanted. */
  #decided = 0;

  constructor(configured: WantedBinding) {
    this.#configured = configured;
    this.#wanted = configured;
  }

  /** What the config wants. */
  get configured(): WantedBinding {
    return this.#configured;
  }

  get wanted(): WantedBinding {
    return this.#wanted;
  }

  /** The config wants a binding. Whatever was requested before no longer counts. */
  configure(wanted: WantedBinding): void {
    this.#configured = wanted;
    this.#decide(++this.#requests, wanted);
  }

  /** The config wants what serves. If somebody has chosen that, those who wait have asked after it, and still count. */
  adopt(wanted: WantedBinding): void {
    if (!Bun.deepEquals(wanted, this.#wanted)) return this.configure(wanted);
    this.#configured = wanted;
  }

  /** @returns the wish as it is now, for {@linkcode restore} */
  standing(): WishStanding {
    return { configured: this.#configured, wanted: this.#wanted, requests: this.#requests };
  }

  /** Somebody asks for another binding. @returns a function to be called with that binding once it serves */
  request(): (wanted: WantedBinding) => void {
    const request = ++this.#requests;
    return (wanted) => this.#decide(request, wanted);
  }

  /** What the config wants is what somebody has chosen. */
  follow(): void {
    this.#decide(++this.#requests, this.#configured);
  }

  /** Goes back to an earlier wish, because a change of the config has failed. What was requested after the change counts. */
  restore({ configured, wanted, requests }: WishStanding): void {
    this.#configured = configured;
    this.#decide(requests + 1, wanted);
  }

  #decide(request: number, wanted: WantedBinding): void {
    if (request < this.#decided) return;
    this.#decided = request;
    this.#wanted = wanted;
  }
}
