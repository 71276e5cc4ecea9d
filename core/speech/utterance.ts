/**
 * Speaks the segments of one utterance in order, by the generation that it began with for as long as that serves it.
 *
 * @module
 */
import type { SpeakParams } from "../../schemas/generated/hooks.ts";
import { SyrinxError } from "../errors.ts";
import type { AudioStream } from "../protocol/mod.ts";
import { bindingId } from "../releases/mod.ts";
import type { LeasedVoice } from "./leased-voice.ts";
import type { Urgency } from "./scheduler.ts";
import type { Sound } from "./sound.ts";
import { UtterancePart } from "./utterance-part.ts";

/**
 * The longest audio of one segment, in seconds. A segment has at most 400 characters, so even at a quarter of the speed it
 * takes some minutes. A voice that goes on without end would keep the core busy.
 */
const MOST_SECONDS = 600;
/**
 * Samples that are passed on at once: a voice may send 1 MiB in one piece, and to change its rate, limit it and encode it
 * would hold up other voices for 100 ms.
 */
const PIECE = 8_192;

/**
 * How many segments are spoken ahead of the one that is read, at most. Each may hold 256 KiB of samples (the credit of a
 * stream), so an utterance holds at most 2.3 MB.
 */
const MOST_AHEAD = 8;

/** How often a segment is spoken again if its process died before any of it was heard. */
const MAX_RETRIES = 2;

export interface UtteranceOptions {
  segments: readonly string[];
  speaker: string | undefined;
  speed: number;
  /** The generation to begin with. Its lease is released when the utterance ends, in whatever way. */
  voice: LeasedVoice;
  /**
   * Leases the generation that continues the utterance when the one of `before` is over.
   *
   * @throws SyrinxError if there is none, or if it does not have the speaker
   */
  move(before: LeasedVoice): Promise<LeasedVoice>;
  /** Called when a process begins with the first segment; called again if that process dies and another one begins. */
  onBegun(): void;
  signal: AbortSignal;
}

/**
 * Yields the mono samples of the utterance as they are made. While one segment is read, the next one is spoken, and more of
 * them if the voice speaks several at once and nobody else waits for it. Their number has a bound, so a slow reader delays
 * nobody else. When its generation is over, the generation that serves then speaks the
 * segments that were not begun.
 *
 * @throws SyrinxError if it cannot be finished. A segment whose process died before any of it was yielded is spoken again.
 *   A segment that was half heard is not, because that would repeat sound
 */
export function speakUtterance(options: UtteranceOptions): AsyncGenerator<Sound> {
  return new Utterance(options).speak();
}

interface BegunSegment {
  index: number;
  stream: AudioStream;
  voice: LeasedVoice;
}

class Utterance {
  /** How many segments were begun. */
  #begun = 0;
  /** The segments that were asked for and not read yet, by their index. */
  readonly #asked = new Map<number, Promise<BegunSegment>>();
  /** The first one that was not asked for. */
  #next = 0;
  /** The segment that is read. */
  #reading = 0;
  /** The segment with the highest index that was begun. */
  #last: BegunSegment | undefined;
  #moving: Promise<UtterancePart> | undefined;
  readonly #ending = new AbortController();
  /** The last one is the current part. */
  readonly #parts: [UtterancePart, ...UtterancePart[]];

  constructor(private readonly options: UtteranceOptions) {
    this.#parts = [this.#partBy(options.voice)];
  }

  async *speak(): AsyncGenerator<Sound> {
    const { segments, signal } = this.options;
    const stop = () => this.#ending.abort();
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    try {
      let samples = 0;
      let last: LeasedVoice = this.options.voice;
      this.#ask("first");
      for (let index = 0; index < segments.length; index++) {
        this.#reading = index;
        this.#askAhead();
        for await (const sound of this.#speakSegment(index)) {
          samples += sound.samples.length;
          last = sound.voice;
          yield sound;
        }
      }
      if (samples === 0) throw faultOf(last, "no audio");
    } finally {
      signal.removeEventListener("abort", stop);
      stop();
      for (const part of this.#parts) part.release();
    }
  }

  /** Asks for the next segment. @param due as for {@linkcode UtterancePart.begin} */
  #ask(urgency: Urgency, due?: Promise<void>): void {
    const index = this.#next++;
    const begun = this.#begin(index, urgency, due);
    this.#asked.set(index, begun);
    // Whoever reads it finds the error.
    begun.catch(() => {});
  }

  /** Asks for the segment after the last one that was begun, unless that is too far ahead of the reader. */
  #askAhead(): void {
    if (this.#next >= this.options.segments.length || this.#last?.index !== this.#next - 1) return;
    const { stream, voice } = this.#last;
    const most = Math.min(MOST_AHEAD, Math.max(1, voice.scheduler.capacity - 1));
    if (this.#next <= this.#reading + most) this.#ask("ahead", stream.settled);
  }

  async *#speakSegment(index: number): AsyncGenerator<Sound & { voice: LeasedVoice }> {
    const asked = this.#asked.get(index);
    this.#asked.delete(index);
    for (let tries = 0; ; tries++) {
      let heard = 0;
      let isLate = false;
      try {
        const { stream, voice } = await (tries === 0 && asked ? asked : this.#begin(index, "next"));
        void stream.over.then(() => {
          isLate = stream.isLate;
        });
        for await (const samples of stream) {
          heard += samples.length;
          if (heard > MOST_SECONDS * voice.sampleRate)
            throw faultOf(voice, `more than ${MOST_SECONDS / 60} minutes of audio for one segment`);
          for (let at = 0; at < samples.length; at += PIECE) {
            const piece = samples.subarray(at, at + PIECE);
            if (!areFinite(piece)) throw faultOf(voice, "samples that are not numbers (NaN or infinite)");
            yield { samples: piece, voice };
          }
        }
        return;
      } catch (error) {
        const died =
          error instanceof SyrinxError &&
          (error.code === "plugin-crashed" || error.code === "plugin-timeout");
        // A segment on which the voice hung would only make its next process hang.
        if (!died || heard > 0 || isLate || tries >= MAX_RETRIES || this.#ending.signal.aborted) throw error;
      }
    }
  }

  /** Has a segment spoken by the generation that serves at its turn. */
  async #begin(index: number, urgency: Urgency, due?: Promise<void>): Promise<BegunSegment> {
    const { segments, speaker, speed, onBegun } = this.options;
    const params: SpeakParams = {
      text: segments[index] ?? "",
      speed,
      ...(speaker !== undefined && { speaker }),
    };
    for (;;) {
      const part = await this.#presentPart();
      try {
        const stream = await part.begin(params, urgency, due);
        this.#begun = Math.max(this.#begun, index + 1);
        if (index === 0) onBegun();
        const segment = { index, stream, voice: part.voice };
        if (index >= (this.#last?.index ?? 0)) this.#last = segment;
        this.#askAhead();
        return segment;
      } catch (error) {
        if (!part.over || this.#ending.signal.aborted) throw error;
      }
    }
  }

  /** Two segments may find at the same time that the generation is over. Both continue with the same next one. */
  #presentPart(): UtterancePart | Promise<UtterancePart> {
    const present = this.#parts.at(-1) ?? this.#parts[0];
    if (!present.over) return present;
    this.#moving ??= this.#moveFrom(present).finally(() => {
      this.#moving = undefined;
    });
    return this.#moving;
  }

  async #moveFrom({ voice: before }: UtterancePart): Promise<UtterancePart> {
    const voice = await this.options.move(before);
    const { lease } = voice;
    if (this.#ending.signal.aborted || lease.over.aborted) {
      lease.release();
      throw lease.over.reason ?? new SyrinxError("cancelled", "The utterance was cancelled while it moved");
    }
    before.lease.moved();
    const part = this.#partBy(voice);
    this.#parts.push(part);
    return part;
  }

  #partBy(voice: LeasedVoice): UtterancePart {
    const { segments } = this.options;
    return new UtterancePart(voice, this.#ending.signal, () => this.#begun < segments.length);
  }
}

/** Counts a fault against the generation that made it. @returns the error of the utterance */
function faultOf({ lease }: LeasedVoice, what: string): SyrinxError {
  const error = new SyrinxError("plugin-failed", `The voice ${bindingId(lease.binding)} gave ${what}`);
  lease.report(error);
  return error;
}

function areFinite(samples: Float32Array): boolean {
  // 0 times a number is 0, and 0 times NaN or infinity is NaN. One sum is much faster than a test of each sample.
  let sum = 0;
  // By index: the iterator of a typed array takes 20 times as long in Bun 1.4.5, 0.4 ms for a second of sound.
  for (let at = 0; at < samples.length; at++) sum += samples[at]! * 0;
  return sum === 0;
}
