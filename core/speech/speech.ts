/**
 * Speech: a text and a voice in, encoded audio out, and to the sinks that were asked for.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import { asSyrinxError, SyrinxError } from "../errors.ts";
import { bindingId, type Host, type Lease } from "../host/mod.ts";
import type { Logger } from "../log.ts";
import { AudioEncoder } from "./audio-encoder.ts";
import type { AudioFormat } from "./encode/mod.ts";
import { Scheduler } from "./scheduler.ts";
import { segmentText } from "./segment.ts";
import { SinkDelivery } from "./sinks.ts";
import { Spool } from "./spool.ts";
import { speakUtterance } from "./utterance.ts";
import { type ChosenVoice, chooseVoice, type VoiceNames } from "./voices.ts";

export interface SpeechSettings extends VoiceNames {
  /** UTF-16 code units. */
  maxCharacters: number;
  /** Utterances in hand at once, per slot. */
  maxQueue: number;
  /** How long a request waits for a voice that is loading, in ms. */
  loadTimeoutMs: number;
  /** Sink slot (without `sinks.`) to the format that it keeps. */
  sinkFormats: Readonly<Record<string, AudioFormat>>;
}

export interface SpeakRequest {
  id: string;
  text: string;
  voice: string | undefined;
  model: string | undefined;
  format: AudioFormat;
  /** Hz; absent: the format's default, else the voice's own. */
  sampleRate: number | undefined;
  speed: number;
  sinks: readonly string[];
}

/** An utterance that has begun. `audio` must be read or returned, or its place is never given back. */
export interface Spoken {
  voice: string;
  release: string;
  generation: number;
  contentType: string;
  /** Encoded audio as it is made. Rejects if the utterance cannot be finished. */
  audio: AsyncGenerator<Uint8Array>;
}

export class Speech {
  readonly counts = { active: 0, done: 0, failed: 0 };
  readonly #inHand = new Map<string, number>();
  readonly #schedulers = new WeakMap<Lease["binding"], Scheduler>();
  readonly #delivery: SinkDelivery;

  constructor(
    private readonly host: Host,
    private settings: SpeechSettings,
    private readonly environment: { clock: Clock; log: Logger; spoolDirectory: string },
  ) {
    this.#delivery = new SinkDelivery(host, environment.clock, environment.log);
  }

  get names(): VoiceNames {
    return this.settings;
  }

  /** Takes over new settings, for utterances that begin from now on. */
  configure(settings: SpeechSettings): void {
    this.settings = settings;
  }

  /**
   * Begins an utterance: waits for its voice if that is still loading.
   *
   * @throws SyrinxError text-too-long, text-empty, voice-not-found, sink-not-found, queue-full, slot-loading or slot-failed
   */
  async speak(request: SpeakRequest, signal: AbortSignal): Promise<Spoken> {
    const { settings } = this;
    if (request.text.length > settings.maxCharacters) {
      throw new SyrinxError(
        "text-too-long",
        `Cannot speak ${request.text.length} characters as speech.maxCharacters is ${settings.maxCharacters}`,
      );
    }
    for (const sink of request.sinks) {
      if (settings.sinkFormats[sink] === undefined) {
        throw new SyrinxError(
          "sink-not-found",
          `There is no sink "${sink}": there are ${Object.keys(settings.sinkFormats).join(", ") || "none"}`,
        );
      }
    }
    const segments = segmentText(request.text);
    if (segments.length === 0)
      throw new SyrinxError("text-empty", "Cannot speak this text as it has no letter or digit");
    const voice = chooseVoice(this.host, settings, request.voice, request.model);
    const leave = this.#enter(voice.slot);
    try {
      const lease = await this.host.acquire(voice.slot, settings.loadTimeoutMs);
      return await this.#begin(request, settings, voice, segments, lease, signal, leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Resolves when every sink has what it was promised. */
  delivered(): Promise<void> {
    return this.#delivery.settled();
  }

  #enter(slot: string): () => void {
    const inHand = this.#inHand.get(slot) ?? 0;
    if (inHand >= this.settings.maxQueue) {
      throw new SyrinxError(
        "queue-full",
        `${inHand} utterances are in hand at ${slot}, and speech.maxQueue is ${this.settings.maxQueue}`,
        { retryAfter: 1 },
      );
    }
    this.#inHand.set(slot, inHand + 1);
    this.counts.active++;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.counts.active--;
      this.#inHand.set(slot, (this.#inHand.get(slot) ?? 1) - 1);
    };
  }

  async #begin(
    request: SpeakRequest,
    settings: SpeechSettings,
    voice: ChosenVoice,
    segments: string[],
    lease: Lease,
    signal: AbortSignal,
    leave: () => void,
  ): Promise<Spoken> {
    const own = lease.voice;
    if (!own || (voice.speaker !== undefined && !own.speakers.some(({ id }) => id === voice.speaker))) {
      lease.release();
      const there = own?.speakers.map(({ id }) => id).join(", ") ?? "none";
      throw new SyrinxError(
        "voice-not-found",
        `There is no speaker "${voice.speaker}" in ${voice.slot}: there are ${there}`,
      );
    }
    const encoder = await AudioEncoder.create(request.format, own.sampleRate, request.sampleRate).catch(
      (error: unknown) => {
        lease.release();
        throw error;
      },
    );
    const scheduler = this.#scheduler(lease);
    const samples = speakUtterance({
      segments,
      speaker: voice.speaker,
      speed: request.speed,
      lease,
      scheduler,
      signal,
    });
    const spoken = { voice: voice.id, release: bindingId(lease.binding), generation: lease.generation };
    const kept = this.#keep(samples, own.sampleRate, request, settings, spoken);
    return {
      ...spoken,
      contentType: encoder.contentType,
      audio: this.#count(encode(kept, encoder), lease, leave, signal),
    };
  }

  #scheduler(lease: Lease): Scheduler {
    const known = this.#schedulers.get(lease.binding);
    if (known) return known;
    const scheduler = new Scheduler(lease.voice?.concurrency ?? 1);
    this.#schedulers.set(lease.binding, scheduler);
    return scheduler;
  }

  /** Passes samples through, and keeps a copy for each sink. */
  async *#keep(
    samples: AsyncGenerator<Float32Array>,
    sampleRate: number,
    request: SpeakRequest,
    settings: SpeechSettings,
    spoken: { voice: string; release: string },
  ): AsyncGenerator<Float32Array> {
    const { clock, spoolDirectory } = this.environment;
    const createdAt = new Date(clock.now()).toISOString();
    const spools: { sink: string; format: AudioFormat; spool: Spool }[] = [];
    let finished = false;
    try {
      for (const sink of request.sinks) {
        const format = settings.sinkFormats[sink] ?? "wav";
        spools.push({
          sink,
          format,
          spool: await Spool.open(spoolDirectory, `${request.id}-${sink}`, format, sampleRate),
        });
      }
      for await (const chunk of samples) {
        for (const { spool } of spools) await spool.write(chunk);
        yield chunk;
      }
      for (const { sink, format, spool } of spools) {
        const spooled = await spool.finish();
        const { bytes, contentType, durationMs } = spooled;
        const { id, text } = request;
        this.#delivery.deliver(
          `sinks.${sink}`,
          {
            id,
            text,
            voice: spoken.voice,
            release: spoken.release,
            format,
            contentType,
            bytes,
            durationMs,
            createdAt,
          },
          spooled,
        );
      }
      finished = true;
    } finally {
      if (!finished) for (const { spool } of spools) await spool.discard();
    }
  }

  /** Gives the utterance's place back and counts how it ended. */
  async *#count(
    audio: AsyncGenerator<Uint8Array>,
    lease: Lease,
    leave: () => void,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    try {
      yield* audio;
      this.counts.done++;
    } catch (error) {
      if (!signal.aborted) {
        this.counts.failed++;
        this.environment.log.error(
          { code: asSyrinxError(error).code, generation: lease.generation },
          `an utterance failed: ${asSyrinxError(error).message}`,
        );
      }
      throw error;
    } finally {
      lease.release();
      leave();
    }
  }
}

async function* encode(
  samples: AsyncGenerator<Float32Array>,
  encoder: AudioEncoder,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of samples) yield* encoder.encode(chunk);
  yield* encoder.finish();
}
