/**
 * Turns at a voice: decides whose segment is spoken next. Pure except for its promises.
 *
 * @module
 */
import { SyrinxError } from "../errors.ts";

/** After this many first segments in a row, a later one that waits is next: so short texts never stop a long one. */
const FIRSTS_IN_A_ROW = 4;

interface Waiting {
  begin(turn: Turn): void;
}

/** Gives the turn back. Idempotent. */
export type Turn = () => void;

/**
 * At most `capacity` segments are spoken at once. First segments of utterances go before later ones, so that sound starts
 * early. Within each kind, first come, first served. As an utterance asks for one segment at a time, that is fair between
 * utterances.
 */
export class Scheduler {
  readonly #first: Waiting[] = [];
  readonly #later: Waiting[] = [];
  #taken = 0;
  #firstsInARow = 0;

  constructor(private readonly capacity: number) {}

  /**
   * Waits for a turn.
   *
   * @param first whether this is the first segment of its utterance
   * @throws SyrinxError cancelled, if `signal` aborts while it waits
   */
  take(first: boolean, signal: AbortSignal): Promise<Turn> {
    if (signal.aborted) return Promise.reject(cancelled());
    const lane = first ? this.#first : this.#later;
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        begin: (turn) => {
          signal.removeEventListener("abort", abort);
          resolve(turn);
        },
      };
      const abort = () => {
        lane.splice(lane.indexOf(waiting), 1);
        reject(cancelled());
      };
      signal.addEventListener("abort", abort, { once: true });
      lane.push(waiting);
      this.#beginNext();
    });
  }

  #beginNext(): void {
    while (this.#taken < this.capacity) {
      const next = this.#next();
      if (!next) return;
      this.#taken++;
      let held = true;
      next.begin(() => {
        if (!held) return;
        held = false;
        this.#taken--;
        this.#beginNext();
      });
    }
  }

  #next(): Waiting | undefined {
    const laterIsDue =
      this.#later.length > 0 && (this.#first.length === 0 || this.#firstsInARow >= FIRSTS_IN_A_ROW);
    this.#firstsInARow = laterIsDue || this.#later.length === 0 ? 0 : this.#firstsInARow + 1;
    return laterIsDue ? this.#later.shift() : this.#first.shift();
  }
}

function cancelled(): SyrinxError {
  return new SyrinxError("cancelled", "The utterance was cancelled while it waited for its turn");
}
