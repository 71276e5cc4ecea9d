import type { SunkUtterance } from "../../schemas/generated/hooks.ts";
import type { AudioFormat, EncodePool } from "../audio/mod.ts";
import type { SinkDelivery } from "./sinks.ts";
import { Spool } from "./spool.ts";

/** What is known about an utterance before its audio. */
export type UtteranceFacts = Pick<SunkUtterance, "id" | "text" | "voice" | "release" | "createdAt">;

export interface CopyOptions {
  utterance: UtteranceFacts;
  /** The sinks that get a copy, and the format of each. */
  sinks: readonly { name: string; format: AudioFormat }[];
  /** Rate of the samples, in Hz. */
  voiceRate: number;
  encoders: EncodePool;
  spoolDirectory: string;
  delivery: Pick<SinkDelivery, "deliver">;
}

/**
 * Passes samples through, and keeps a copy for each sink. When the generator ends, all copies are on disk, and are then
 * delivered. Of an utterance that is not finished no copy is kept.
 */
export async function* keepCopies(
  samples: AsyncGenerator<Float32Array>,
  { utterance, sinks, voiceRate, encoders, spoolDirectory, delivery }: CopyOptions,
): AsyncGenerator<Float32Array> {
  const open: { name: string; format: AudioFormat; spool: Spool }[] = [];
  try {
    for (const { name, format } of sinks) {
      open.push({
        name,
        format,
        spool: await Spool.open(spoolDirectory, `${utterance.id}-${name}`, { format, voiceRate, encoders }),
      });
    }
    for await (const chunk of samples) {
      for (const { spool } of open) await spool.write(chunk);
      yield chunk;
    }
    for (let next = open[0]; next; next = open[0]) {
      const spooled = await next.spool.finish();
      open.shift();
      const { bytes, contentType, durationMs } = spooled;
      delivery.deliver(
        `sinks.${next.name}`,
        { ...utterance, format: next.format, bytes, contentType, durationMs },
        spooled,
      );
    }
  } finally {
    for (const { spool } of open) await spool.discard();
  }
}
