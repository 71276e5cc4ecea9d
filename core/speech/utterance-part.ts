/**
 * The part of an utterance that one generation speaks: nearly always all of it.
 *
 * @module
 */
import type { SpeakParams } from "../../schemas/generated/hooks.ts";
import type { AudioStream } from "../protocol/mod.ts";
import type { LeasedVoice } from "./leased-voice.ts";
import type { Urgency } from "./scheduler.ts";

/**
 * When the generation is over, the part begins no more segments. It reads the current segments into memory, however slowly
 * the client reads, and then gives its lease back. So the process can end, and the listener does not notice.
 */
export class UtterancePart {
  readonly #inHand = new Set<AudioStream>();
  readonly #until: AbortSignal;
  #broken = false;
  readonly #leave = () => {
    for (const stream of this.#inHand) stream.readAhead();
    this.#giveBackIfDone();
  };

  /**
   * @param ended aborts when the utterance has ended
   * @param goesOn whether some segments were not begun yet
   */
  constructor(
    readonly voice: LeasedVoice,
    private readonly ended: AbortSignal,
    private readonly goesOn: () => boolean,
  ) {
    const { over } = voice.lease;
    this.#until = AbortSignal.any([ended, over]);
    if (over.aborted) this.#leave();
    else over.addEventListener("abort", this.#leave, { once: true });
  }

  /** Whether another generation has to go on. */
  get over(): boolean {
    return this.voice.lease.over.aborted;
  }

  /**
   * Waits for a turn, and has a segment spoken. The turn ends when the voice has sent all that its credit allows.
   *
   * @param due of a segment ahead: from when on it is the next one
   * @throws SyrinxError if the segment was not begun. If the part is over by then, the next generation speaks it
   */
  async begin(params: SpeakParams, urgency: Urgency, due?: Promise<void>): Promise<AudioStream> {
    const { lease, scheduler } = this.voice;
    const turn = await scheduler.take(urgency, this.#until, due);
    try {
      const instance = await lease.instance();
      // This may have taken a while, and the lease may have been given back, because there was no current segment.
      lease.over.throwIfAborted();
      const { settings } = lease;
      const stream = instance.speak(settings ? { ...params, settings } : params, this.ended);
      void stream.settled.then(turn);
      this.#inHand.add(stream);
      void stream.over.then((error) => {
        lease.report(error ?? "ok");
        if (error) this.#broken = true;
        this.#inHand.delete(stream);
        this.#giveBackIfDone();
      });
      return stream;
    } catch (error) {
      turn();
      throw error;
    }
  }

  /** Idempotent. */
  release(): void {
    this.voice.lease.over.removeEventListener("abort", this.#leave);
    this.voice.lease.release();
  }

  #giveBackIfDone(): void {
    if (!this.over || this.#inHand.size > 0) return;
    // After a break it is not known yet whether the segment can be spoken again.
    if (this.goesOn() && !this.#broken && !this.ended.aborted) this.voice.lease.moved();
    this.release();
  }
}
