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
   * @param giveUp takes it out of the queue; has no effect once it has begun
   * @returns its outcome; rejects as `run` does, or with the reason of `giveUp`
   */
  take(key: string, run: () => Promise<Outcome>, giveUp?: AbortSignal): Promise<Outcome> {
    this.#waiting.get(key)?.settle(this.superseded);
    this.#waiting.delete(key);
    return new Promise((settle, fail) => {
      if (giveUp?.aborted) return fail(giveUp.reason);
      const turn = { run, settle, fail };
      this.#waiting.set(key, turn);
      giveUp?.addEventListener("abort", () => {
        if (this.#waiting.get(key) !== turn) return;
        this.#waiting.delete(key);
        fail(giveUp.reason);
      });
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
