import type { SpeechRequest } from "../../../schemas/generated/api.ts";
import { type ActivityTracker, type Operation, openAiErrorOf } from "../../api/mod.ts";
import { AUDIO_FORMATS, type AudioFormat, isAudioFormat } from "../../audio/mod.ts";
import { asSyrinxError, SyrinxError } from "../../errors.ts";
import type { SpeakRequest, Speech } from "../../speech/mod.ts";
import { lenientBody } from "./lenient-body.ts";

/** POST /v1/audio/speech: OpenAI's API, plus `sinks` and `sample_rate`. */
export function speechRoutes(speech: Speech, activity: ActivityTracker): Operation[] {
  return [
    {
      method: "post",
      path: "/v1/audio/speech",
      tag: "speech",
      scope: "speak",
      summary: "Speak a text. The audio is streamed while the voice speaks.",
      body: "syrinx:api#/$defs/SpeechRequest",
      lenient: lenientBody,
      responses: {
        200: {
          description:
            "The audio, or its events with stream_format sse. X-Syrinx-Voice, -Release and -Generation say who speaks. X-Syrinx-Ignored names fields of the body that are not known. If the connection breaks, the audio is incomplete.",
          media: [...Object.values(AUDIO_FORMATS).map(({ contentType }) => contentType), "text/event-stream"],
        },
      },
      async handle(context, body) {
        const request = body as SpeechRequest;
        const over = new AbortController();
        const { signal } = context.req.raw;
        if (signal.aborted) over.abort();
        signal.addEventListener("abort", () => over.abort(), { once: true });
        const spoken = await speech.speak(
          speakRequest(request, context.res.headers.get("X-Request-Id") ?? ""),
          over.signal,
        );
        // The status line is sent with the first audio, so that an earlier error gets an error status.
        const first = await spoken.audio.next();
        // Abort first: a generator that has not started yet would ignore `return`.
        const end = async () => {
          over.abort();
          await spoken.audio.return(undefined);
        };
        const headers = {
          "X-Syrinx-Voice": spoken.voice,
          "X-Syrinx-Release": spoken.release,
          "X-Syrinx-Generation": String(spoken.generation),
        };
        if (request.stream_format === "sse") {
          return context.body(stream(asEvents(first, spoken.audio, request), end, activity), 200, {
            ...headers,
            "Content-Type": "text/event-stream",
          });
        }
        return context.body(stream(startingWith(first, spoken.audio), end, activity), 200, {
          ...headers,
          "Content-Type": spoken.contentType,
        });
      },
    },
  ];
}

function speakRequest(request: SpeechRequest, id: string): SpeakRequest {
  const { voice } = request;
  return {
    id,
    text: request.input,
    voice: typeof voice === "object" ? voice.id : voice,
    model: request.model,
    format: audioFormat(request.response_format ?? "mp3"),
    sampleRate: request.sample_rate,
    speed: request.speed ?? 1,
    sinks: request.sinks ?? [],
  };
}

function audioFormat(name: string): AudioFormat {
  if (isAudioFormat(name)) return name;
  throw new SyrinxError(
    "format-unsupported",
    `Cannot answer in "${name}": the formats are ${Object.keys(AUDIO_FORMATS).join(", ")}`,
  );
}

/**
 * Pulls the chunks, so that a slow client slows only its own utterance. An error breaks the connection, because the
 * status line was already sent.
 *
 * @param end called when the client has disconnected
 */
function stream(
  chunks: AsyncGenerator<Uint8Array>,
  end: () => Promise<unknown>,
  activity: ActivityTracker,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await activity.during(() => chunks.next());
          if (next.done) controller.close();
          else controller.enqueue(next.value);
        } catch (error) {
          controller.error(error);
        }
      },
      async cancel() {
        await end().catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
}

async function* startingWith(
  first: IteratorResult<Uint8Array>,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

/**
 * OpenAI's speech.audio events. Voices have no tokens, so `usage` has the text's characters as input and 0 as output.
 */
async function* asEvents(
  first: IteratorResult<Uint8Array>,
  rest: AsyncGenerator<Uint8Array>,
  request: SpeechRequest,
): AsyncGenerator<Uint8Array> {
  const event = (data: object) => new TextEncoder().encode(`data: ${JSON.stringify(data)}\n\n`);
  try {
    for await (const chunk of startingWith(first, rest))
      yield event({ type: "speech.audio.delta", audio: Buffer.from(chunk).toString("base64") });
    const characters = [...request.input].length;
    yield event({
      type: "speech.audio.done",
      usage: { input_tokens: characters, output_tokens: 0, total_tokens: characters },
    });
  } catch (cause) {
    yield event({ type: "error", ...openAiErrorOf(asSyrinxError(cause)) });
  }
}
