import { PluginError, type Speaker, type Voice, type VoiceContext } from "syrinx/sdk";
import { chooseDevice, type DeviceChoice, findCudaSupport } from "./devices.ts";
import { Espeak } from "./espeak.ts";
import { Inference } from "./inference.ts";
import { PhonemeCache } from "./phoneme-cache.ts";
import { toPhonemeIds } from "./phoneme-ids.ts";
import { espeakPhonemizer, type Phonemizer, textPhonemizer } from "./phonemes.ts";
import type { Settings } from "./settings.generated.ts";
import { type PiperConfig, parseVoiceConfig } from "./voice-config.ts";

/**
 * Loads a Piper voice.
 *
 * @throws PluginError `model-corrupt`, `model-unsupported` or `device-unavailable`
 */
export async function loadPiperVoice(context: VoiceContext<Settings>): Promise<Voice<Settings>> {
  const { model, settings } = context;
  if (!model)
    throw new PluginError("model-unsupported", "Cannot load piper because the slot has no model: name one");
  const modelPath = model.files.model!;
  const configPath = model.files.config ?? `${modelPath}.json`;
  const config = parseVoiceConfig(await readText(configPath), configPath, model.speakers);
  const wanted = chooseDevice(context.device, findCudaSupport());
  const { phonemizer, cache } = await createPhonemizer(config);
  const { inference, device, notes } = await loadInference(modelPath, wanted, settings.threads);
  return {
    sampleRate: config.sampleRate,
    speakers: speakersOf(config, model.name, model.languages[0]),
    device,
    notes,
    // While one segment's samples are computed, the next one gets its phonemes. A third would only wait.
    concurrency: 2,
    speak: speakWith(config, phonemizer, inference),
    // Without espeak-ng there is no cache, and so no state.
    snapshot: () => cache?.snapshot(),
    restore: (state) => cache?.restore(state),
    close: () => inference.close(),
  };
}

function speakWith(
  config: PiperConfig,
  phonemizer: Phonemizer,
  inference: Inference,
): Voice<Settings>["speak"] {
  const reported = new Set<string>();

  return async function* speak(segment, signal) {
    const speaker = speakerId(config, segment.speaker);
    const { noiseScale, noiseW, lengthScale, sentenceSilence } = { ...scalesOf(config), ...segment.settings };
    const silence = Math.round(sentenceSilence * config.sampleRate);
    for (const sentence of phonemizer(segment.text)) {
      const { ids, unknown } = toPhonemeIds(sentence.phonemes, config);
      for (const phoneme of unknown) {
        if (reported.has(phoneme)) continue;
        reported.add(phoneme);
        console.warn(`Skips the phoneme "${phoneme}" because the voice was not trained on it`);
      }
      if (ids.length === 0) continue;
      const scales = { noiseScale, noiseW, lengthScale: lengthScale / segment.speed };
      const samples = await inference.run({ ids, speaker, ...scales }, signal);
      if (signal.aborted) return;
      yield samples;
      if (silence > 0 && sentence.isWhole) yield new Float32Array(silence);
    }
  };
}

/** @returns the model's own values, for settings that are absent */
function scalesOf({ noiseScale, noiseW, lengthScale }: PiperConfig) {
  return { noiseScale, noiseW, lengthScale };
}

async function createPhonemizer(
  config: PiperConfig,
): Promise<{ phonemizer: Phonemizer; cache?: PhonemeCache }> {
  if (config.phonemeType === "text") return { phonemizer: textPhonemizer() };
  const cache = new PhonemeCache(config.espeakVoice);
  return { phonemizer: espeakPhonemizer(await Espeak.load(config.espeakVoice), cache), cache };
}

async function loadInference(
  modelPath: string,
  { device, mayFallBack, notes }: DeviceChoice,
  threads: number,
) {
  try {
    return { inference: await Inference.load({ modelPath, device, threads }), device, notes };
  } catch (error) {
    if (!mayFallBack) throw error;
    const inference = await Inference.load({ modelPath, device: "cpu", threads });
    const note = `Runs on the CPU: ${error instanceof Error ? error.message : String(error)}`;
    return { inference, device: "cpu", notes: [...notes, note] };
  }
}

function speakersOf(config: PiperConfig, modelName: string, modelLanguage: string | undefined): Speaker[] {
  const language = modelLanguage ?? config.language ?? "und";
  if (config.speakers.length === 0) return [{ id: modelName, language }];
  return config.speakers.map(({ name }) => ({ id: name, language }));
}

function speakerId({ speakers }: PiperConfig, name: string | undefined): number {
  if (name === undefined || speakers.length === 0) return speakers[0]?.id ?? 0;
  const speaker = speakers.find((candidate) => candidate.name === name);
  if (speaker) return speaker.id;
  const known = speakers.map((candidate) => candidate.name).join(", ");
  throw new PluginError(
    "plugin-failed",
    `Cannot speak as "${name}" because this voice has the speakers ${known}`,
  );
}

async function readText(path: string): Promise<string> {
  try {
    return await Bun.file(path).text();
  } catch (cause) {
    throw new PluginError("model-corrupt", `Cannot read ${path}: ${String(cause)}`, { cause });
  }
}
