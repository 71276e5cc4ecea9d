import type { SpeechRequest } from "../../../schemas/generated/api.ts";
import { asSyrinxError, SyrinxError } from "../../errors.ts";
import { AUDIO_FORMATS, type AudioFormat, isAudioFormat } from "../../audio/mod.ts";
import type { SpeakRequest, Speech } from "../../speech/mod.ts";
import { openAiErrorOf, type Operation, type ActivityTracker } from "../../api/mod.ts";

/** POST /v1/audio/speech: OpenAI's contract, and `sinks` and `sample_rate` beside it. */
export function speechRoutes(speech: Speech, activity: ActivityTracker): Operation[] {
  return [
    {
      method: "post",
      path: "/v1/audio/speech",
      tag: "speech",
      scope: "speak",
      summary: "Speak a text. The audio streams as it is made.",
      body: "syrinx:api#/$defs/SpeechRequest",
      responses: {
        200: {
          description:
            "The audio, or with stream_format sse its events. X-Syrinx-Voice, -Release and -Generation say who speaks. A break of the connection means that the audio is not whole.",
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
        // The status line leaves with the first audio, so that an error before it is a proper error.
        const first = await spoken.audio.next();
        // What tells of the audio may not have come to it yet, and would leave it as it is.
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
 * Pulls, so that a slow client slows its own utterance; an error breaks the connection, as the status line has left.
 *
 * @param end called when the client has gone
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

/** OpenAI's speech.audio events. Voices have no tokens: `usage` counts the text's characters in, and nothing out. */
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
