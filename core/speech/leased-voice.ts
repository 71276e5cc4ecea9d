/**
 * Leases on voices, with what speech needs to know of the generation that was leased.
 *
 * @module
 */
import type { LoadResult } from "../../schemas/generated/hooks.ts";
import { SyrinxError } from "../errors.ts";
import type { Lease, Slot } from "../slots/mod.ts";
import { Scheduler } from "./scheduler.ts";
import type { ChosenVoice } from "./voices.ts";

/** How one generation of a voice sounds. */
export interface VoiceSound {
  /** Hz. */
  readonly sampleRate: number;
  /** Of the speaker, in LUFS; undefined if it is not known. */
  readonly loudness: number | undefined;
}

/** A generation of a voice that an utterance holds. */
export interface LeasedVoice extends VoiceSound {
  readonly lease: Lease;
  /** The turns at the process of this generation. */
  readonly scheduler: Scheduler;
  /** BCP 47, of the speaker. */
  readonly language: string;
}

/** Where the slots are that are leased. */
interface LeasingHost {
  /** @throws SyrinxError slot-not-found */
  slot(name: string): Pick<Slot, "acquire">;
}

export class LeasedVoices {
  /** By process: a generation that has only other settings shares the turns with the one before. */
  readonly #schedulers = new WeakMap<Lease["process"], Scheduler>();

  constructor(private readonly host: LeasingHost) {}

  /**
   * Takes hold of the current generation of a voice.
   *
   * @param timeoutMs how long to wait for a voice that is loading, in ms
   * @throws SyrinxError voice-not-found if the speaker is not there, or as `Slot.acquire` does
   */
  async take(chosen: ChosenVoice, timeoutMs: number): Promise<LeasedVoice> {
    const lease = await this.host.slot(chosen.slot).acquire(timeoutMs);
    try {
      const { voice, speaker } = speakerOf(lease, chosen);
      return {
        lease,
        scheduler: this.#scheduler(lease.process, voice.concurrency),
        sampleRate: voice.sampleRate,
        loudness: lease.loudness.get(speaker.id) ?? lease.loudness.get(voice.speakers[0]?.id ?? ""),
        language: speaker.language,
      };
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  #scheduler(process: Lease["process"], concurrency: number): Scheduler {
    const known = this.#schedulers.get(process);
    if (known) return known;
    const scheduler = new Scheduler(concurrency);
    this.#schedulers.set(process, scheduler);
    return scheduler;
  }
}

function speakerOf({ voice, generation }: Lease, chosen: ChosenVoice) {
  const speakers: LoadResult["speakers"] = voice?.speakers ?? [];
  const speaker =
    chosen.speaker === undefined ? speakers[0] : speakers.find(({ id }) => id === chosen.speaker);
  if (voice && speaker) return { voice, speaker };
  const there = speakers.map(({ id }) => id).join(", ") || "none";
  throw new SyrinxError(
    "voice-not-found",
    `There is no speaker "${chosen.speaker}" in ${chosen.slot}: in generation ${generation} there are ${there}`,
  );
}
