import { join } from "node:path";
import type { Segment, Voice, VoiceContext } from "syrinx/sdk";
import piper from "../../../../plugins/piper/main.ts";
import type { Settings } from "../../../../plugins/piper/settings.generated.ts";

export const ROOT = join(import.meta.dir, "../../../..");
export const FIXTURES = join(ROOT, "tests/fixtures/piper");

/** As the host fills them in from the manifest. */
export const DEFAULTS: Settings = { threads: 1, workers: 1, sentenceSilence: 0 };

/** The noise off: the same text gives the same samples. */
export const STILL: Settings = { ...DEFAULTS, noiseScale: 0, noiseW: 0 };

/** A shipped voice with its noise off: the same text gives the same samples. */
export function loadShipped(
  name: string,
  context: Partial<VoiceContext<Settings>> = {},
): Promise<Voice<Settings>> {
  const directory = join(ROOT, "models", name, "1.0.0");
  return load({
    model: {
      name,
      version: "1.0.0",
      format: "piper",
      directory,
      files: { model: join(directory, `${name}.onnx`), config: join(directory, `${name}.onnx.json`) },
      languages: ["en-US"],
    },
    settings: STILL,
    ...context,
  });
}

export async function load(context: Partial<VoiceContext<Settings>>): Promise<Voice<Settings>> {
  // What voice() returns hides the type of the settings.
  const definition = piper.definition as {
    load(context: VoiceContext<Settings>): Voice<Settings> | Promise<Voice<Settings>>;
  };
  return definition.load({
    model: null,
    settings: DEFAULTS,
    device: "cpu",
    cores: 1,
    memoryBytes: 1e9,
    dataDirectory: "/nonexistent",
    ...context,
  });
}

export async function say(
  voice: Voice<Settings>,
  segment: Partial<Segment<Settings>> & { text: string },
): Promise<Float32Array> {
  const never = new AbortController().signal;
  const chunks = await Array.fromAsync(voice.speak({ speed: 1, settings: STILL, ...segment }, never));
  const samples = new Float32Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    samples.set(chunk, offset);
    offset += chunk.length;
  }
  return samples;
}
