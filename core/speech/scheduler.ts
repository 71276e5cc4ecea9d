/**
 * Turns at a voice: decides whose segment is spoken next. Pure except for its promises.
 *
 * @module
 */
import { SyrinxError } from "../errors.ts";

/** After this many first segments in a row, a next one that waits has its turn: so short texts never stop a long one. */
const FIRSTS_IN_A_ROW = 4;

interface Waiting {
  begin(turn: Turn): void;
}

/**
 * What a segment is to its utterance. first: nothing is heard before it. next: all before it is made, so the listener will
 * need it soon. ahead: those before it are still being made.
 */
export type Urgency = "first" | "next" | "ahead";

/** Gives the turn back. Idempotent. */
export type Turn = () => void;

/**
 * At most `capacity` segments are spoken at once. First segments of utterances go before next ones, so that sound starts
 * early. Within each kind, first come, first served. As an utterance asks for one segment at a time, that is fair between
 * utterances. A segment is spoken ahead only if nobody else waits, and one place is kept free: whoever comes now does not
 * wait for it.
 */
export class Scheduler {
  readonly #lanes: Readonly<Record<Urgency, Waiting[]>> = { first: [], next: [], ahead: [] };
  #taken = 0;
  #firstsInARow = 0;

  constructor(readonly capacity: number) {}

  /**
   * Waits for a turn.
   *
   * @param due of a segment ahead: from when on it is the next one
   * @throws SyrinxError cancelled, if `signal` aborts while it waits
   */
  take(urgency: Urgency, signal: AbortSignal, due?: Promise<void>): Promise<Turn> {
    if (signal.aborted) return Promise.reject(cancelled());
    let lane = this.#lanes[urgency];
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        begin: (turn) => {
          signal.removeEventListener("abort", abort);
          resolve(turn);
        },
      };
      const leave = () => {
        const at = lane.indexOf(waiting);
        if (at !== -1) lane.splice(at, 1);
        return at !== -1;
      };
      const abort = () => {
        leave();
        reject(cancelled());
      };
      void due?.then(() => {
        if (!leave()) return;
        lane = this.#lanes.next;
        lane.push(waiting);
        this.#beginNext();
      });
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
    const { first, next, ahead } = this.#lanes;
    if (first.length === 0 && next.length === 0)
      return this.#taken < this.capacity - 1 ? ahead.shift() : undefined;
    const nextIsDue = next.length > 0 && (first.length === 0 || this.#firstsInARow >= FIRSTS_IN_A_ROW);
    this.#firstsInARow = nextIsDue || next.length === 0 ? 0 : this.#firstsInARow + 1;
    return nextIsDue ? next.shift() : first.shift();
  }
}

function cancelled(): SyrinxError {
  return new SyrinxError("cancelled", "The utterance was cancelled while it waited for its turn");
}
