/**
 * The part of an utterance that one generation speaks: nearly always all of it.
 *
 * @module
 */
import type { SpeakParams } from "../../schemas/generated/hooks.ts";
import type { AudioStream } from "../protocol/mod.ts";
import type { LeasedVoice } from "./leased-voice.ts";

/**
 * When the generation is over, the part begins no more segments. It takes what is in hand over into memory, however
 * slowly that is read, and then gives its lease back, so that the process can end without the listener noticing.
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
   * @param ended aborts when the utterance is over
   * @param goesOn whether there are segments that were not begun
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
   * Waits for a turn and has a segment spoken. The turn is over when the voice has done its work.
   *
   * @throws SyrinxError if it was not begun; why does not matter if the part is over by then
   */
  async begin(params: SpeakParams, isFirst: boolean): Promise<AudioStream> {
    const { lease, scheduler } = this.voice;
    const turn = await scheduler.take(isFirst, this.#until);
    try {
      const instance = await lease.instance();
      // It may have been waited for, and the lease is given back when there is nothing in hand.
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
    // Of what broke it is not known yet whether the listener can be given it again.
    if (this.goesOn() && !this.#broken && !this.ended.aborted) this.voice.lease.moved();
    this.release();
  }
}
