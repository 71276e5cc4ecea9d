/**
 * Speech: takes a text and a voice, and gives encoded audio to the client and to sinks.
 *
 * @module
 */
import { availableParallelism } from "node:os";
import type { SlotTraffic } from "../../schemas/generated/api.ts";
import { type AudioFormat, EncodePool, type StreamEncoder } from "../audio/mod.ts";
import type { Clock } from "../clock.ts";
import { asSyrinxError, type ErrorCode, SyrinxError } from "../errors.ts";
import type { Logger } from "../log.ts";
import { bindingId } from "../releases/mod.ts";
import type { Host } from "../slots/mod.ts";
import { segmentText } from "../text/mod.ts";
import { keepCopies } from "./keep-copies.ts";
import { type LeasedVoice, LeasedVoices } from "./leased-voice.ts";
import { atLoudness, type LoudnessSettings } from "./loudness.ts";
import { SinkDelivery } from "./sinks.ts";
import { atRate } from "./sound.ts";
import { type ActiveRequest, Traffic } from "./traffic.ts";
import { speakUtterance } from "./utterance.ts";
import { type ChosenVoice, chooseVoice, type VoiceNames } from "./voices.ts";

export interface SpeechSettings extends VoiceNames {
  /** UTF-16 code units. */
  maxCharacters: number;
  /** How many utterances a slot may have at once. */
  maxQueue: number;
  /** How long a request waits for a voice that is loading, in ms. */
  loadTimeoutMs: number;
  loudness: LoudnessSettings;
  /** The format of each sink, by its slot without `sinks.`. */
  sinkFormats: Readonly<Record<string, AudioFormat>>;
}

export interface SpeakRequest {
  id: string;
  text: string;
  voice: string | undefined;
  model: string | undefined;
  format: AudioFormat;
  /** Hz; absent: the default of the format, else the rate of the voice. */
  sampleRate: number | undefined;
  speed: number;
  sinks: readonly string[];
}

/** An utterance that has begun. */
export interface Spoken {
  voice: string;
  release: string;
  generation: number;
  contentType: string;
  /**
   * Encoded audio as it is made. Rejects if the utterance cannot be finished. The reader must begin to read: only then is
   * the utterance counted as ended when the audio ends, is left, or is aborted.
   */
  audio: AsyncGenerator<Uint8Array>;
}

const SPEAKABLE = /[\p{L}\p{N}]/u;
/** The voices need the other cores: mp3 takes about as much work as the fastest voice, and much less than the others. */
const ENCODE_THREADS = Math.max(1, Math.floor(availableParallelism() / 2));
/** Mistakes of the client that are found only once the voice is leased. They do not count as failures of the slot. */
const CALLER_FAULTS: readonly ErrorCode[] = ["voice-not-found", "format-unsupported"];

export class Speech {
  readonly counts = { active: 0, done: 0, failed: 0 };
  readonly #traffic: Traffic;
  readonly #voices: LeasedVoices;
  readonly #delivery: SinkDelivery;
  readonly #encoders: EncodePool;

  constructor(
    private readonly host: Host,
    private settings: SpeechSettings,
    private readonly environment: { clock: Clock; log: Logger; spoolDirectory: string },
  ) {
    const { clock, log } = environment;
    this.#encoders = new EncodePool({
      threads: ENCODE_THREADS,
      clock,
      startFailed: ({ message }) =>
        log.warn(`mp3 is encoded on the engine's own thread because no other thread could start: ${message}`),
    });
    this.#traffic = new Traffic(environment.clock);
    this.#voices = new LeasedVoices(host);
    this.#delivery = new SinkDelivery(host, environment.clock, environment.log);
  }

  get names(): VoiceNames {
    return this.settings;
  }

  /** Sets new settings, for utterances that begin from now on. */
  configure(settings: SpeechSettings): void {
    this.settings = settings;
  }

  /**
   * Begins an utterance. Waits for its voice if that is still loading.
   *
   * @throws SyrinxError text-too-long, text-empty, sink-not-found, voice-not-found, queue-full, slot-loading, slot-failed
   *   or format-unsupported
   */
  async speak(request: SpeakRequest, signal: AbortSignal): Promise<Spoken> {
    const { settings } = this;
    checkRequest(request, settings);
    const voice = chooseVoice(this.host, settings, request.voice, request.model);
    const active = this.#traffic.enter(voice.slot, settings.maxQueue);
    this.counts.active++;
    let held: LeasedVoice | undefined;
    try {
      held = await this.#voices.take(voice, settings.loadTimeoutMs);
      return await this.#begin(request, settings, voice, held, signal, active);
    } catch (error) {
      held?.lease.release();
      if (!signal.aborted && !CALLER_FAULTS.includes(asSyrinxError(error).code)) active.failed();
      this.#leave(active);
      throw error;
    }
  }

  /** For all slots together, over the last 10 s. */
  get requestsPerSecond(): number {
    return this.#traffic.requestsPerSecond;
  }

  /** @param slot a voice slot */
  traffic(slot: string): SlotTraffic {
    return this.#traffic.of(slot, this.settings.maxQueue);
  }

  /** Resolves when every delivery to a sink has ended. */
  delivered(): Promise<void> {
    return this.#delivery.settled();
  }

  /** Ends what encodes. Utterances that are not finished fail. */
  close(): void {
    this.#encoders.close();
  }

  /** Called once for each request. */
  #leave(active: ActiveRequest): void {
    this.counts.active--;
    active.leave();
  }

  async #begin(
    request: SpeakRequest,
    settings: SpeechSettings,
    voice: ChosenVoice,
    held: LeasedVoice,
    signal: AbortSignal,
    active: ActiveRequest,
  ): Promise<Spoken> {
    const { lease, sampleRate: voiceRate } = held;
    const segments = segmentText(request.text, { language: held.language });
    // From here on nothing may throw before the audio is read: that releases the encoder.
    const encoder = await this.#encoders.open(request.format, voiceRate, request.sampleRate);
    const spoken = { voice: voice.id, release: bindingId(lease.binding), generation: lease.generation };
    const { id, text, speed } = request;
    const sounds = speakUtterance({
      segments,
      speaker: voice.speaker,
      speed,
      voice: held,
      move: (before) => this.#move(id, voice, before, settings.loadTimeoutMs),
      onBegun: () => active.begun(),
      signal,
    });
    const samples = atLoudness(atRate(sounds, voiceRate), settings.loudness, voiceRate);
    const { clock, spoolDirectory } = this.environment;
    const kept = keepCopies(samples, {
      utterance: {
        id,
        text,
        voice: spoken.voice,
        release: spoken.release,
        createdAt: new Date(clock.now()).toISOString(),
      },
      sinks: request.sinks.map((name) => ({ name, format: settings.sinkFormats[name] ?? "wav" })),
      voiceRate,
      encoders: this.#encoders,
      spoolDirectory,
      delivery: this.#delivery,
    });
    const audio = this.#accounted(encode(kept, encoder), spoken, active, signal, () => lease.release());
    return { ...spoken, contentType: encoder.contentType, audio };
  }

  /** Leases the generation that continues an utterance, and logs that. */
  async #move(
    utterance: string,
    chosen: ChosenVoice,
    { lease: before }: LeasedVoice,
    timeoutMs: number,
  ): Promise<LeasedVoice> {
    const { message: reason } = asSyrinxError(before.over.reason);
    const from = before.generation;
    try {
      const held = await this.#voices.take(chosen, timeoutMs);
      const to = held.lease.generation;
      this.environment.log.info(
        { utterance, voice: chosen.id, from, to, release: bindingId(held.lease.binding) },
        `an utterance moved from generation ${from} to ${to}: ${reason}`,
      );
      return held;
    } catch (cause) {
      const { code, message, retryAfter } = asSyrinxError(cause);
      throw new SyrinxError(code, `Cannot continue an utterance of generation ${from}: ${message}`, {
        cause,
        ...(retryAfter !== undefined && { retryAfter }),
      });
    }
  }

  /** Counts when the utterance was first heard and how it ended; then counts it as ended, and calls `ended`. */
  async *#accounted(
    audio: AsyncGenerator<Uint8Array>,
    spoken: { voice: string; generation: number },
    active: ActiveRequest,
    signal: AbortSignal,
    ended: () => void,
  ) {
    try {
      for await (const bytes of audio) {
        active.heard();
        yield bytes;
      }
      this.counts.done++;
    } catch (cause) {
      const { code, message } = asSyrinxError(cause);
      if (!signal.aborted) {
        this.counts.failed++;
        active.failed();
        this.environment.log.error({ ...spoken, code }, `an utterance failed: ${message}`);
      }
      throw cause;
    } finally {
      ended();
      this.#leave(active);
    }
  }
}

function checkRequest({ text, sinks }: SpeakRequest, { maxCharacters, sinkFormats }: SpeechSettings): void {
  if (text.length > maxCharacters) {
    throw new SyrinxError(
      "text-too-long",
      `Cannot speak ${text.length} characters because speech.maxCharacters is ${maxCharacters}`,
    );
  }
  if (!SPEAKABLE.test(text))
    throw new SyrinxError("text-empty", "Cannot speak this text because it has no letter or digit");
  for (const sink of sinks) {
    if (Object.hasOwn(sinkFormats, sink)) continue;
    throw new SyrinxError(
      "sink-not-found",
      `There is no sink "${sink}": there are ${Object.keys(sinkFormats).join(", ") || "none"}`,
    );
  }
}

async function* encode(
  samples: AsyncGenerator<Float32Array>,
  encoder: StreamEncoder,
): AsyncGenerator<Uint8Array> {
  let begun = false;
  try {
    for await (const chunk of samples) {
      for await (const bytes of encoder.encode(chunk)) {
        yield bytes;
        if (begun) continue;
        // In its first turn Bun begins the response. Only in the next turn it sends the bytes.
        await nextTurn();
        await nextTurn();
        begun = true;
      }
    }
    yield* encoder.finish();
  } finally {
    encoder.release();
  }
}

/** Lets other work run. */
function nextTurn(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}
