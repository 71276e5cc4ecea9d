/**
 * A process that speaks with the piper plugin's own modules and nothing else: no engine, no HTTP, and no encoding
 * unless it is asked for.
 *
 * @module
 */
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { createEncoder } from "../../../core/audio/encode/mod.ts";
import type { Voice, VoiceContext } from "../../../core/sdk/mod.ts";
import { segmentText } from "../../../core/text/segment.ts";
import piper from "../../../plugins/piper/main.ts";
import { texts } from "../texts.ts";
import { serveTasks } from "./child.ts";
import { Window } from "./window.ts";

let voice: Voice | undefined;
const never = new AbortController().signal;
/** The defaults of the plugin. */
const SETTINGS = { threads: "auto", workers: "auto", sentenceSilence: 0 };

const tasks = {
  /** @param directory of the shipped model */
  async load({ directory, name }: { directory: string; name: string }): Promise<void> {
    const files = {
      model: join(directory, `${name}.onnx`),
      config: join(directory, `${name}.onnx.json`),
    };
    const model = { name, version: "1.0.0", format: "piper", directory, files, languages: ["en-US"] };
    const context: VoiceContext<typeof SETTINGS> = {
      model,
      device: "cpu",
      cores: availableParallelism(),
      memoryBytes: totalmem(),
      settings: SETTINGS,
      dataDirectory: "",
    };
    // What voice() returns hides the type of the settings.
    voice = await piper.definition.load(context as never);
  },

  /**
   * Speaks with as many segments at once as the plugin asks for.
   *
   * @param encodeMp3 whether to encode, a text for a text, on this thread. Default: no
   * @returns seconds of audio a second
   */
  async speak({ seconds, seed, encodeMp3 = false }: SpeakTask): Promise<number> {
    const { speak, sampleRate, concurrency = 1 } = voice!;
    const window = new Window();
    const source = texts(seed);
    const lane = async () => {
      while (!window.over) {
        const encoder = encodeMp3 ? await createEncoder("mp3", sampleRate) : undefined;
        for (const text of segmentText(source.next().value, { language: "en-US" })) {
          const segment = { text, speed: 1, settings: SETTINGS };
          for await (const samples of speak(segment, never)) {
            encoder?.encode(samples);
            window.add(samples.length / sampleRate);
          }
        }
        encoder?.finish();
      }
    };
    const running = Array.from({ length: concurrency }, lane);
    const { perSecond } = await window.measure(seconds);
    await Promise.all(running);
    return perSecond;
  },

  /** Speaks the first segment of texts one after another. @returns for each, ms from the call to its first samples */
  async firstSegments({ count, seed }: { count: number; seed: number }): Promise<number[]> {
    const source = texts(seed);
    const times: number[] = [];
    while (times.length < count) {
      const [text = ""] = segmentText(source.next().value, { language: "en-US" });
      const start = performance.now();
      const audio = voice!.speak({ text, speed: 1, settings: SETTINGS }, never)[Symbol.asyncIterator]();
      await audio.next();
      times.push(performance.now() - start);
      await audio.return?.();
    }
    return times;
  },
};

interface SpeakTask {
  seconds: number;
  seed: number;
  encodeMp3?: boolean;
}

export type BareVoice = typeof tasks;
serveTasks(tasks);
