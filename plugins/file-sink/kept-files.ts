import { PluginError } from "syrinx/sdk";

/** So many utterances are known again; the engine offers one again within minutes, if at all. */
const CAPACITY = 4096;

/** Remembers which file holds which utterance, the newest of them. It is what a new release takes over. */
export class KeptFiles {
  readonly #paths = new Map<string, string>();

  /** @returns the absolute path of the utterance's file, if it is remembered */
  get(id: string): string | undefined {
    return this.#paths.get(id);
  }

  set(id: string, path: string): void {
    this.#paths.delete(id);
    this.#paths.set(id, path);
    for (const oldest of this.#paths.keys()) {
      if (this.#paths.size <= CAPACITY) return;
      this.#paths.delete(oldest);
    }
  }

  /** @returns pairs of id and path, the oldest first */
  snapshot(): [id: string, path: string][] {
    return [...this.#paths];
  }

  /** @throws PluginError if `state` is no snapshot */
  restore(state: unknown): void {
    const pairs: unknown[] = Array.isArray(state) ? state : [null];
    for (const pair of pairs) {
      const [id, path] = (Array.isArray(pair) ? pair : []) as unknown[];
      if (typeof id !== "string" || typeof path !== "string") {
        throw new PluginError(
          "plugin-failed",
          "Cannot restore the sink's state as it needs to be pairs of id and path",
        );
      }
      this.set(id, path);
    }
  }
}
