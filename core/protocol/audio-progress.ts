import type { Clock } from "../clock.ts";
import { CallDeadline } from "./call-deadline.ts";

/**
 * Samples that a voice has to send for each second in which its listener waits: a thousandth of real time at 16 kHz. With
 * less, a voice could hold its places for ever with one sample now and then.
 */
const MIN_SAMPLES_PER_SECOND = 16;

/** Watches whether the audio of a call goes on: while its reader waits, enough of it must come in every `ms`. */
export class AudioProgress {
  readonly deadline: CallDeadline;
  readonly #needed: number;
  /** Samples that came since the deadline was restarted. */
  #samples = 0;

  /**
   * @param ms the limit
   * @param late called once with what came in that time, e.g. `no audio`
   */
  constructor(clock: Clock, ms: number, late: (what: string) => void) {
    this.#needed = (ms / 1_000) * MIN_SAMPLES_PER_SECOND;
    this.deadline = new CallDeadline(clock, ms, () =>
      late(this.#samples === 0 ? "no audio" : `only ${this.#samples} samples of audio`),
    );
  }

  /** Counts samples that have come. */
  add(samples: number): void {
    this.#samples += samples;
  }

  /**
   * Called when audio has come, or was read.
   *
   * @param isDue whether it is the voice's turn; if not, the time stands still
   */
  look(isDue: boolean): void {
    if (!isDue) this.deadline.stop();
    else if (this.#samples < this.#needed && this.deadline.isRunning) return;
    else this.deadline.restart();
    this.#samples = 0;
  }
}
