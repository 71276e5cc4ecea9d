/**
 * A voice that speaks a sine tone. Its length depends on the text. It has no model and no dependency: an example for
 * authors and for tests.
 *
 * @module
 */
import { voice } from "syrinx/sdk";
import type { Settings } from "./settings.generated.ts";

const SAMPLE_RATE = 16_000;
const CHUNK_SAMPLES = SAMPLE_RATE / 10;
/** At half the sample rate a sine would be silent, and above it would sound like a lower one. */
const HIGHEST_HERTZ = 7_900;

export default voice<Required<Settings>>({
  load: ({ settings }) => ({
    sampleRate: SAMPLE_RATE,
    speakers: [
      { id: "low", language: "und" },
      { id: "high", language: "und" },
    ],
    device: "cpu",

    async *speak({ text, speaker, speed, settings: { millisecondsPerCharacter } }, signal) {
      const milliseconds = (text.length * millisecondsPerCharacter) / speed;
      const total = Math.round((milliseconds * SAMPLE_RATE) / 1000);
      const hertz = Math.min(speaker === "high" ? 2 * settings.hertz : settings.hertz, HIGHEST_HERTZ);
      const step = (2 * Math.PI * hertz) / SAMPLE_RATE;

      for (let start = 0; start < total && !signal.aborted; start += CHUNK_SAMPLES) {
        const length = Math.min(CHUNK_SAMPLES, total - start);
        yield Float32Array.from({ length }, (_, i) => settings.level * Math.sin(step * (start + i)));
      }
    },
  }),
});
