/**
 * A voice that counts what it has spoken, the probe apart, and says so in the log: `has spoken 2`.
 *
 * @param state its snapshot and restore
 * @returns its main.ts
 */
export function counter(state: string): string {
  return `import { voice } from "syrinx/sdk";
let spoken = 0;
export default voice({
  load: () => ({
    sampleRate: 16000,
    speakers: [{ id: "counter", language: "en" }],
    device: "cpu",
    async *speak({ text }) {
      yield Float32Array.from({ length: 8000 }, (_, i) => 0.2 * Math.sin(i / 5));
      if (!text.startsWith("1, 2")) console.log("has spoken " + ++spoken);
    },
    ${state}
  }),
});`;
}
