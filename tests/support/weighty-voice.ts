/**
 * A voice whose models weigh what a test says: it speaks a tone on whatever device it is told, and uses none.
 *
 * @module
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addPlugin } from "./releases.ts";

const MAIN = `import { existsSync } from "node:fs";
import { voice } from "syrinx/sdk";
export default voice({
  async load({ model, device, settings }) {
    if (existsSync(model.directory + "/broken")) throw new Error("these weights are broken");
    globalThis.weight = new Uint8Array(settings.takes ?? 0).fill(1);
    if (existsSync(model.directory + "/hold")) console.log("holds " + model.name);
    while (existsSync(model.directory + "/hold")) await Bun.sleep(5);
    const isOnCpu = device === "cpu" || (process.env.CUDA_VISIBLE_DEVICES ?? "") === "" && device === "auto";
    return {
      sampleRate: 16000,
      speakers: [{ id: "weighty", language: "en" }],
      device: isOnCpu ? "cpu" : "cuda:0",
      async *speak() {
        yield Float32Array.from({ length: 8000 }, (_, i) => 0.2 * Math.sin(i / 5));
      },
    };
  },
});`;

const PERMISSIONS = { read: ["$MODEL"], device: ["cuda"] };

/** What the config has to grant it. */
export const WEIGHTY_GRANTS = { weighty: PERMISSIONS };

/** @param bytes model name to what its model.json says of a loaded instance */
export async function addWeightyVoice(home: string, bytes: Readonly<Record<string, number>>): Promise<void> {
  await addPlugin(
    home,
    {
      name: "weighty",
      version: "1.0.0",
      permissions: PERMISSIONS,
      voice: { formats: ["weighty"] },
      settings: {
        type: "object",
        properties: { takes: { description: "Memory that it really takes, in bytes.", type: "integer" } },
      },
    },
    MAIN,
  );
  for (const [name, memory] of Object.entries(bytes)) {
    const directory = folderOf(home, name);
    await mkdir(directory, { recursive: true });
    const manifest = {
      name,
      version: "1.0.0",
      format: "weighty",
      files: { model: "weights" },
      sha256: {},
      languages: ["en"],
      license: "Apache-2.0",
      memory: { bytes: memory },
    };
    await writeFile(join(directory, "model.json"), JSON.stringify(manifest));
    await writeFile(join(directory, "weights"), "heavy");
  }
}

/** Lets each load of a model fail from now on. */
export async function breakModel(home: string, name: string): Promise<void> {
  await writeFile(join(folderOf(home, name), "broken"), "");
}

/** Holds each load of a model, which logs `holds NAME`, until what is returned is called. */
export async function holdModel(home: string, name: string): Promise<() => Promise<void>> {
  const path = join(folderOf(home, name), "hold");
  await writeFile(path, "");
  return () => rm(path);
}

function folderOf(home: string, name: string): string {
  return join(home, "models", name, "1.0.0");
}
