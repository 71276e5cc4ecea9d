interface Turn<Outcome> {
  run(): Promise<Outcome>;
  settle(outcome: Outcome): void;
  fail(cause: unknown): void;
}

/** Runs tasks one at a time, in the order of their keys; of several of one key that wait, the newest wins. */
export class LatestWinsQueue<Outcome> {
  /** At most one of each key waits. */
  readonly #waiting = new Map<string, Turn<Outcome>>();
  #busy = false;

  /** @param superseded what a task is told that a newer one has taken the place of */
  constructor(private readonly superseded: Outcome) {}

  /** @returns whether a task of that key waits for its turn */
  waits(key: string): boolean {
    return this.#waiting.has(key);
  }

  /** Rejects with what `run` rejects with. */
  take(key: string, run: () => Promise<Outcome>): Promise<Outcome> {
    this.#waiting.get(key)?.settle(this.superseded);
    this.#waiting.delete(key);
    return new Promise((settle, fail) => {
      this.#waiting.set(key, { run, settle, fail });
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let [next] = this.#waiting; next; [next] = this.#waiting) {
      const [key, turn] = next;
      this.#waiting.delete(key);
      await turn.run().then(turn.settle, turn.fail);
    }
    this.#busy = false;
  }
}
