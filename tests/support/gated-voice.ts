/**
 * A voice that loads when a test says so, so that other swaps wait behind it.
 *
 * @module
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addPlugin } from "./releases.ts";

/** The plugin of the voice. */
export const GATED = "gated";

const SOURCE = `import { existsSync } from "node:fs";
import { voice } from "syrinx/sdk";
export default voice({
  async load() {
    while (!existsSync(import.meta.dir + "/open")) await Bun.sleep(20);
    return {
      sampleRate: 16000,
      speakers: [{ id: "gated", language: "en" }],
      device: "cpu",
      async *speak() {
        yield Float32Array.from({ length: 8000 }, (_, i) => 0.2 * Math.sin(i / 4));
      },
    };
  },
});`;

/** Puts the plugin into a home. */
export async function addGatedVoice(home: string): Promise<void> {
  await addPlugin(home, { name: GATED, version: "1.0.0" }, SOURCE);
}

/** Lets the voice load, now and whenever it is started later. */
export function openGate(home: string): Promise<void> {
  return writeFile(join(home, "plugins", GATED, "1.0.0", "open"), "");
}
