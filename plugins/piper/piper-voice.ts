import { PluginError, type Speaker, type Voice, type VoiceContext } from "syrinx/sdk";
import { chooseDevice, type DeviceChoice, findCudaSupport } from "./devices.ts";
import { Espeak } from "./espeak.ts";
import { InferencePool } from "./inference-pool.ts";
import { PhonemeCache } from "./phoneme-cache.ts";
import { toPhonemeIds } from "./phoneme-ids.ts";
import { espeakPhonemizer, type Phonemizer, textPhonemizer } from "./phonemes.ts";
import { fitsAnotherSession } from "./session-memory.ts";
import type { Settings } from "./settings.generated.ts";
import { type PiperConfig, parseVoiceConfig } from "./voice-config.ts";

/**
 * A long text has a next segment, which the engine asks for at the same time. It is here within 1 ms (all of 24; within one
 * turn of the event loop, half of them). Then the first segment is not alone.
 */
const NEXT_SEGMENT_MS = 1;
/** Only two threads could be measured. The work of a sentence is divided anew for each layer, so many gain little. */
const MOST_LONE_THREADS = 8;

/**
 * Loads a Piper voice.
 *
 * @throws PluginError `model-corrupt`, `model-unsupported` or `device-unavailable`
 */
export async function loadPiperVoice(context: VoiceContext<Settings>): Promise<Voice<Settings>> {
  const { model } = context;
  if (!model)
    throw new PluginError("model-unsupported", "Cannot load piper because the slot has no model: name one");
  const modelPath = model.files.model!;
  const configPath = model.files.config ?? `${modelPath}.json`;
  const config = parseVoiceConfig(await readText(configPath), configPath, model.speakers);
  const wanted = chooseDevice(context.device, findCudaSupport());
  const [{ phonemizer, cache }, { pool, device, notes, workers }] = await bothLoaded(
    createPhonemizer(config),
    loadModel(modelPath, wanted, context),
  );
  return {
    sampleRate: config.sampleRate,
    speakers: speakersOf(config, model.name, model.languages[0]),
    device,
    notes,
    // While samples are computed on each thread, the next segment gets its phonemes. Another one would only wait.
    concurrency: workers + 1,
    speak: speakWith(config, phonemizer, pool),
    // Without espeak-ng there is no cache, and so no state.
    snapshot: () => cache?.snapshot(),
    restore: (state) => cache?.restore(state),
    close: () => pool.close(),
  };
}

/**
 * Waits for espeak-ng, which loads on this thread, and for the model, which loads on another one at the same time.
 *
 * @throws What one of them threw. The model is then closed, because its thread would keep the process alive
 */
async function bothLoaded<P, M extends { pool: InferencePool }>(
  phonemizer: Promise<P>,
  model: Promise<M>,
): Promise<[P, M]> {
  const [, loaded] = await Promise.allSettled([phonemizer, model]);
  try {
    return [await phonemizer, await model];
  } catch (error) {
    if (loaded.status === "fulfilled") await loaded.value.pool.close();
    throw error;
  }
}

function speakWith(
  config: PiperConfig,
  phonemizer: Phonemizer,
  pool: InferencePool,
): Voice<Settings>["speak"] {
  const reported = new Set<string>();
  let speaking = 0;

  return async function* speak(segment, signal) {
    speaking++;
    using _ = { [Symbol.dispose]: () => void speaking-- };
    if (speaking === 1 && pool.treatsLoneRuns) await Bun.sleep(NEXT_SEGMENT_MS);
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
      const samples = await pool.run({ ids, speaker, ...scales }, signal, { alone: speaking === 1 });
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

/** @returns how many sentences are spoken at once. `auto`: so many that they use every core */
function workersOf({ workers, threads }: Settings, cores: number): number {
  return workers === "auto" ? Math.max(1, Math.floor(cores / (threads === "auto" ? 1 : threads))) : workers;
}

async function loadModel(
  modelPath: string,
  { device, mayFallBack, notes }: DeviceChoice,
  { settings, cores, memoryBytes }: VoiceContext<Settings>,
) {
  const modelBytes = Bun.file(modelPath).size;
  const fitsAnother = () => fitsAnotherSession(modelBytes, memoryBytes);
  const threads = settings.threads === "auto" ? 1 : settings.threads;
  const onCpu = async () => {
    const workers = workersOf(settings, cores);
    const loneThreads = settings.threads === "auto" ? Math.min(cores, MOST_LONE_THREADS) : threads;
    const pool = await InferencePool.load({
      modelPath,
      device: "cpu",
      threads,
      workers,
      loneThreads,
      fitsAnother,
    });
    return { pool, device: "cpu", workers };
  };
  if (device === "cpu") return { ...(await onCpu()), notes };
  try {
    // A GPU runs the kernels of one session at a time anyway, and each session takes memory there.
    const onGpu = { modelPath, device, threads, workers: 1, loneThreads: threads, fitsAnother };
    return { pool: await InferencePool.load(onGpu), device, notes, workers: 1 };
  } catch (error) {
    if (!mayFallBack) throw error;
    const note = `Runs on the CPU: ${error instanceof Error ? error.message : String(error)}`;
    return { ...(await onCpu()), notes: [...notes, note] };
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
