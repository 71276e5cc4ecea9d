/**
 * A process that speaks with sherpa-onnx, as its own example does: one thread, one sentence after another.
 *
 * @module
 */
import { segmentText } from "../../../core/text/segment.ts";
import { serveTasks } from "../load/child.ts";
import { Window } from "../load/window.ts";
import { texts } from "../texts.ts";

/** What is used of the package, which brings no types. */
interface SherpaTts {
  generate(request: { text: string; sid: number; speed: number }): {
    samples: Float32Array;
    sampleRate: number;
  };
}

let tts: SherpaTts | undefined;

const tasks = {
  load({
    module,
    model,
    tokens,
    dataDir,
  }: {
    module: string;
    model: string;
    tokens: string;
    dataDir: string;
  }): void {
    const { OfflineTts } = require(module) as { OfflineTts: new (config: object) => SherpaTts };
    // Scales as in the voice's own config, which our side takes as well.
    const vits = { model, tokens, dataDir, noiseScale: 0.667, noiseScaleW: 0.8, lengthScale: 1 };
    tts = new OfflineTts({ model: { vits, numThreads: 1, provider: "cpu" }, maxNumSentences: 1 });
  },

  /** @returns seconds of audio a second */
  async speak({ seconds, seed }: { seconds: number; seed: number }): Promise<number> {
    const window = new Window();
    const source = texts(seed);
    const speaking = (async () => {
      while (!window.over) {
        for (const text of segmentText(source.next().value, { language: "en-US" })) {
          const { samples, sampleRate } = tts!.generate({ text, sid: 0, speed: 1 });
          window.add(samples.length / sampleRate);
          // It does not let the clock run by itself.
          await new Promise<void>((resume) => setImmediate(resume));
        }
      }
    })();
    const { perSecond } = await window.measure(seconds);
    await speaking;
    return perSecond;
  },
};

export type SherpaVoice = typeof tasks;
serveTasks(tasks);
