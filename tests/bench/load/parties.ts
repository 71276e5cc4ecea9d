/**
 * The processes that stand against each other: a whole engine, and its voice alone.
 *
 * @module
 */
import { join } from "node:path";
import { EngineProcess, ROOT } from "../../support/engine-process.ts";
import type { BareVoice } from "./bare-voice.ts";
import { Child } from "./child.ts";
import type { HttpLoad } from "./http-load.ts";

export const MODEL = { name: "en_US-slt-tiny", directory: join(ROOT, "models/en_US-slt-tiny/1.0.0") };

/** One voice, so that nothing else lives in the engine. */
const CONFIG = { voices: { rms: null, slt: { plugin: "piper", model: MODEL.name, device: "cpu" } } };

/** @returns an engine with the shipped voice slt, ready to speak */
export function startEngine(): Promise<EngineProcess> {
  return EngineProcess.start({ config: CONFIG });
}

/** @returns the id of the process that runs the voice slt */
export async function voicePid(engine: EngineProcess): Promise<number> {
  const [instance] = (await engine.slot("voices.slt")).instances;
  return instance!.pid;
}

export function startHttpLoad(): Child<HttpLoad> {
  return new Child<HttpLoad>(join(import.meta.dir, "http-load.ts"));
}

/** @returns the voice slt in a process of its own, loaded */
export function startBareVoice(): Promise<Child<BareVoice>> {
  return startBareVoiceOf(MODEL);
}

/** @returns the voice of a model in a process of its own, loaded */
export async function startBareVoiceOf(model: typeof MODEL): Promise<Child<BareVoice>> {
  const child = new Child<BareVoice>(join(import.meta.dir, "bare-voice.ts"));
  await child.ask("load", model);
  return child;
}
