interface Turn<Outcome> {
  run(): Promise<Outcome>;
  settle(outcome: Outcome): void;
  fail(cause: unknown): void;
}

/** Runs tasks one at a time. Of several tasks with one key that wait, the newest replaces the others, and goes to the end. */
export class LatestWinsQueue<Outcome> {
  /** At most one task of each key. The first is next. */
  readonly #waiting = new Map<string, Turn<Outcome>>();
  #busy = false;

  /** @param superseded the outcome of a task that a newer one has replaced */
  constructor(private readonly superseded: Outcome) {}

  /** @returns whether a task of that key waits for its turn */
  waits(key: string): boolean {
    return this.#waiting.has(key);
  }

  /**
   * Runs a task when it is its turn.
   *
   * @returns its outcome; rejects as `run` does
   */
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
