/**
 * Reads `NAME.onnx.json`, the config beside each Piper voice.
 *
 * @module
 */
import { PluginError } from "syrinx/sdk";

export interface PiperConfig {
  /** Hz. */
  readonly sampleRate: number;
  /** `espeak`: phonemes by espeak-ng; `text`: the text's own code points. */
  readonly phonemeType: "espeak" | "text";
  /** espeak-ng's voice name; empty for phoneme type `text`. */
  readonly espeakVoice: string;
  /** Replacements of phonemes, before their ids are looked up. */
  readonly phonemeMap: Readonly<Record<string, readonly string[]>>;
  readonly phonemeIds: Readonly<Record<string, readonly number[]>>;
  /** Speaker names and their numbers in the model; empty for a voice with one speaker. */
  readonly speakers: readonly { readonly name: string; readonly id: number }[];
  /** BCP 47, if the config has it. */
  readonly language: string | undefined;
  readonly noiseScale: number;
  readonly lengthScale: number;
  readonly noiseW: number;
}

/** Piper's defaults, for a config without `inference`. */
const INFERENCE_DEFAULTS = { noiseScale: 0.667, lengthScale: 1, noiseW: 0.8 };

/**
 * @param path shown in messages
 * @param names of the speakers, for a multi-speaker voice whose config lacks them
 * @throws PluginError `model-corrupt` if a field is missing or has the wrong type; `model-unsupported` if the voice
 *   needs a phonemizer that this plugin lacks
 */
export function parseVoiceConfig(text: string, path: string, names: readonly string[] = []): PiperConfig {
  const fields = new Fields(path);
  const root = fields.object(parseJson(text, path), "the whole file");
  const phonemeType = root.phoneme_type ?? "espeak";
  if (phonemeType !== "espeak" && phonemeType !== "text") {
    throw new PluginError(
      "model-unsupported",
      `Cannot use ${path} because its phoneme_type is ${JSON.stringify(phonemeType)}: espeak and text are supported`,
    );
  }
  const audio = fields.object(root.audio, "audio");
  const inference = fields.object(root.inference ?? {}, "inference");
  const phonemeIds = fields.lists(root.phoneme_id_map, "phoneme_id_map", "number") as Record<
    string,
    number[]
  >;
  for (const symbol of ["_", "^", "$"]) {
    if (!phonemeIds[symbol]) throw fields.wrong(`phoneme_id_map["${symbol}"]`, undefined, "a list of ids");
  }
  return {
    sampleRate: fields.number(audio.sample_rate, "audio.sample_rate"),
    phonemeType,
    espeakVoice:
      phonemeType === "espeak"
        ? fields.string(fields.object(root.espeak, "espeak").voice, "espeak.voice")
        : "",
    phonemeMap: fields.lists(root.phoneme_map ?? {}, "phoneme_map", "string") as Record<string, string[]>,
    phonemeIds,
    speakers: speakersOf(fields, root, names),
    language: languageOf(root),
    noiseScale: fields.number(
      inference.noise_scale ?? INFERENCE_DEFAULTS.noiseScale,
      "inference.noise_scale",
    ),
    lengthScale: fields.number(
      inference.length_scale ?? INFERENCE_DEFAULTS.lengthScale,
      "inference.length_scale",
    ),
    noiseW: fields.number(inference.noise_w ?? INFERENCE_DEFAULTS.noiseW, "inference.noise_w"),
  };
}

function speakersOf(fields: Fields, root: Record<string, unknown>, names: readonly string[]) {
  const count = fields.number(root.num_speakers ?? 1, "num_speakers");
  if (count <= 1) return [];
  const map = Object.entries(fields.object(root.speaker_id_map ?? {}, "speaker_id_map"));
  if (map.length === 0) {
    return Array.from({ length: count }, (_, id) => ({ name: names[id] ?? String(id), id }));
  }
  return map
    .map(([name, id]) => ({ name, id: fields.number(id, `speaker_id_map["${name}"]`) }))
    .sort((a, b) => a.id - b.id);
}

function languageOf(root: Record<string, unknown>): string | undefined {
  const code = (root.language as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code.replaceAll("_", "-") : undefined;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PluginError("model-corrupt", `Cannot read ${path} because it is not JSON: ${String(cause)}`, {
      cause,
    });
  }
}

/** Checks the types of fields. Its messages name the wrong field. */
class Fields {
  constructor(readonly path: string) {}

  wrong(field: string, value: unknown, need: string): PluginError {
    const found = value === undefined ? "missing" : JSON.stringify(value)?.slice(0, 60);
    return new PluginError(
      "model-corrupt",
      `Cannot use ${this.path} because ${field} is ${found}: ${need} is needed`,
    );
  }

  object(value: unknown, field: string): Record<string, unknown> {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw this.wrong(field, value, "an object");
    }
    return value as Record<string, unknown>;
  }

  number(value: unknown, field: string): number {
    if (typeof value !== "number" || !Number.isFinite(value)) throw this.wrong(field, value, "a number");
    return value;
  }

  string(value: unknown, field: string): string {
    if (typeof value !== "string" || value === "") throw this.wrong(field, value, "a name");
    return value;
  }

  lists(value: unknown, field: string, kind: "number" | "string"): Record<string, unknown[]> {
    const map = this.object(value, field);
    for (const [key, list] of Object.entries(map)) {
      if (!Array.isArray(list) || !list.every((item) => typeof item === kind)) {
        throw this.wrong(`${field}["${key}"]`, list, `a list of ${kind}s`);
      }
    }
    return map as Record<string, unknown[]>;
  }
}
