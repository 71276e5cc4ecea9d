/**
 * Which generation of a slot the next utterance goes to.
 *
 * @module
 */
import type { Lease, ServingGeneration } from "./generation.ts";

export class Router {
  #live: ServingGeneration | undefined;
  #canary: { generation: ServingGeneration; percent: number } | undefined;
  /** Hundredths of an utterance that the canary has not got yet. */
  #owed = 0;

  get live(): ServingGeneration | undefined {
    return this.#live;
  }

  get canary(): ServingGeneration | undefined {
    return this.#canary?.generation;
  }

  /** Sends all new utterances to a generation. @returns the one that they went to before, if that is another */
  route(generation: ServingGeneration): ServingGeneration | undefined {
    const before = this.#live;
    this.#live = generation;
    this.#canary = undefined;
    return before === generation ? undefined : before;
  }

  /**
   * Sends a share of the new utterances to a generation, evenly: of any 100 in a row, `percent` go there.
   *
   * @param percent 0 to 100
   */
  share(generation: ServingGeneration, percent: number): void {
    this.#canary = { generation, percent };
    this.#owed = 0;
  }

  /** Sends no more utterances to the canary. */
  takeBack(): void {
    this.#canary = undefined;
  }

  /** @returns the right to the generation whose turn it is; undefined if there is none */
  lease(): Lease | undefined {
    if (this.#canary) {
      this.#owed += this.#canary.percent;
      if (this.#owed >= 100) {
        this.#owed -= 100;
        return this.#canary.generation.lease();
      }
    }
    return this.#live?.lease();
  }
}
