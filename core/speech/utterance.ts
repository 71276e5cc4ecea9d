/**
 * One utterance: its segments spoken in order by the generation that it began with.
 *
 * @module
 */
import type { SpeakParams } from "../../schemas/generated/hooks.ts";
import { SyrinxError } from "../errors.ts";
import type { AudioStream, Lease } from "../host/mod.ts";
import type { Scheduler } from "./scheduler.ts";

/** How often a segment is tried again whose process died before any of it was heard. */
const MOST_RETRIES = 2;

export interface UtteranceOptions {
  segments: readonly string[];
  speaker: string | undefined;
  speed: number;
  /** Released when the utterance is over, however it ends. */
  lease: Lease;
  scheduler: Scheduler;
  signal: AbortSignal;
}

/**
 * Yields the utterance's mono samples as they are made. While one segment is read, the next is being spoken; no more,
 * so that a slow reader holds up nobody.
 *
 * @throws SyrinxError if it cannot be finished. A segment whose process died before any of it was yielded is spoken
 *   again by the replacement first; one that was half heard is not, as that would repeat sound.
 */
export async function* speakUtterance(options: UtteranceOptions): AsyncGenerator<Float32Array> {
  const { segments, lease, signal } = options;
  const over = new AbortController();
  const stop = () => over.abort();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    let ahead = begin(options, 0, over.signal);
    for (let index = 0; index < segments.length; index++) {
      const present = ahead;
      if (index + 1 < segments.length) {
        ahead = present.then((stream) => stream.settled).then(() => begin(options, index + 1, over.signal));
        ahead.catch(() => {});
      }
      yield* speakSegment(options, index, present, over.signal);
    }
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
    lease.release();
  }
}

async function* speakSegment(
  options: UtteranceOptions,
  index: number,
  begun: Promise<AudioStream>,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  for (let tries = 0; ; tries++) {
    let heard = false;
    try {
      const stream = await (tries === 0 ? begun : begin(options, index, signal));
      for await (const samples of stream) {
        heard = true;
        yield samples;
      }
      return;
    } catch (error) {
      const died =
        error instanceof SyrinxError && (error.code === "plugin-crashed" || error.code === "plugin-timeout");
      if (!died || heard || tries >= MOST_RETRIES || signal.aborted) throw error;
    }
  }
}

/** Waits for a turn and has the segment spoken. The turn is over when the voice has done its work. */
async function begin(
  { segments, speaker, speed, lease, scheduler }: UtteranceOptions,
  index: number,
  signal: AbortSignal,
): Promise<AudioStream> {
  const turn = await scheduler.take(index === 0, signal);
  try {
    const params: SpeakParams = {
      text: segments[index] ?? "",
      speed,
      ...(speaker !== undefined && { speaker }),
    };
    const stream = (await lease.instance()).speak(params, signal);
    void stream.settled.then(turn);
    return stream;
  } catch (error) {
    turn();
    throw error;
  }
}
