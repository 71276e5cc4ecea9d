import type { SpeechRequest } from "../../../../schemas/generated/api.ts";
import { bytesOf, type EngineClient, type EngineError, speakText, WavMeter } from "../../../client/mod.ts";
import type { Player } from "../../../client/terminal/mod.ts";
import { openOutput } from "./output.ts";
import type { Order, Utterance } from "./speak-state.ts";

/**
 * Speaks a text, and measures the time and the sound.
 *
 * @param signal stops it
 * @param told called with each change of the utterance
 */
export async function speakAloud(
  client: EngineClient,
  order: Order,
  player: Player | undefined,
  signal: AbortSignal,
  told: (change: Partial<Utterance>) => void,
): Promise<void> {
  const output = await openOutput(order.to, player);
  if (!output.ok) return told({ state: "failed", problem: output.error });
  const began = performance.now();
  const since = () => performance.now() - began;
  const broken = async (problem: EngineError) => {
    await output.value.discard();
    told(signal.aborted ? { state: "stopped", tookMs: since() } : { state: "failed", problem });
  };
  const opened = await client.stream(speakText(requestFor(order)), signal);
  if (!opened.ok) return broken(opened.error);
  told(speakerOf(opened.value.headers));
  const meter = new WavMeter();
  let firstMs: number | undefined;
  try {
    for await (const bytes of bytesOf(opened.value)) {
      meter.add(bytes);
      output.value.write(bytes);
      const { seconds } = meter;
      if (seconds > 0) firstMs ??= since();
      told({ state: "speaking", seconds, ...(firstMs !== undefined && { firstMs }) });
    }
  } catch (cause) {
    return broken(brokenOff(cause, meter.seconds));
  }
  told({ state: order.to.kind === "play" ? "playing" : "speaking", tookMs: since() });
  const stop = () => void output.value.discard();
  signal.addEventListener("abort", stop, { once: true });
  const kept = await output.value.finish();
  signal.removeEventListener("abort", stop);
  if (signal.aborted) return told({ state: "spoken", kept: "not heard to its end" });
  const { sinks } = order;
  const given = sinks.length > 0 ? `; given to ${sinks.join(", ")}` : "";
  told({ state: "spoken", ...(kept.ok ? { kept: `${kept.value}${given}` } : { problem: kept.error }) });
}

function requestFor({ text, voice, speed, sinks }: Order): SpeechRequest {
  return {
    input: text,
    response_format: "wav",
    speed,
    ...(voice !== undefined && { voice }),
    ...(sinks.length > 0 && { sinks: [...sinks] }),
  };
}

function speakerOf(headers: Headers): Partial<Utterance> {
  const [voice, release, generation] = ["Voice", "Release", "Generation"].map((name) =>
    headers.get(`X-Syrinx-${name}`),
  );
  return {
    ...(voice != null && { voice }),
    ...(release != null && { release }),
    ...(generation != null && { generation: Number(generation) }),
  };
}

function brokenOff(cause: unknown, seconds: number): EngineError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `The sound broke off after ${seconds.toFixed(2)} s, and is not whole: ${why}`;
  return { code: "unreachable", message, details: [] };
}
