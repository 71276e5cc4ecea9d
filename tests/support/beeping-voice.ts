/** The main.ts of a voice that needs no model: a beep, the longer the more there is to say. */
export const BEEP = `import { voice } from "syrinx/sdk";
export default voice({
  load: () => ({
    sampleRate: 16_000,
    speakers: [{ id: "beep", language: "und" }],
    device: "cpu",
    async *speak({ text }) {
      yield Float32Array.from({ length: text.length * 800 }, (_, i) => 0.2 * Math.sin(i / 10));
    },
  }),
});`;
