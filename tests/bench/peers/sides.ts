/**
 * The servers that stand against each other, each with one voice and its own defaults.
 *
 * @module
 */
import { join } from "node:path";
import { EngineProcess } from "../../support/engine-process.ts";
import type { Target } from "../load/speech-clients.ts";
import type { Packages } from "./install.ts";
import { PythonServer } from "./python-server.ts";
import type { PeerVoice } from "./voices.ts";

/** A server that runs. Its process tree is what it costs. */
export interface Side {
  pid: number;
  target: Target;
}

const SLOT = "peer";

/** Adds the servers to `running`, which ends them; so one that does not start leaves none behind. */
export async function startSides(packages: Packages, voice: PeerVoice, running: AsyncDisposableStack) {
  return {
    syrinx: await startSyrinx(voice, running),
    "piper-tts": await startPiper(packages, voice, running),
    "wyoming-piper": await startWyoming(packages, voice, running),
  };
}

async function startSyrinx({ name, install }: PeerVoice, running: AsyncDisposableStack): Promise<Side> {
  const config = {
    voices: { rms: null, slt: null, [SLOT]: { plugin: "piper", model: name, device: "cpu" } },
    speech: { defaultVoice: SLOT },
  };
  const engine = running.use(await EngineProcess.start({ config, prepare: install }));
  return { pid: engine.pid, target: { kind: "syrinx", url: engine.url, voice: SLOT } };
}

async function startPiper(
  packages: Packages,
  { name, directory }: PeerVoice,
  running: AsyncDisposableStack,
): Promise<Side> {
  const model = join(directory, `${name}.onnx`);
  const args = (port: number) => ["--host", "127.0.0.1", "--port", String(port), "--model", model];
  const { pid, port } = running.use(await PythonServer.start(packages, "piper.http_server", args));
  return { pid, target: { kind: "piper-http", url: `http://127.0.0.1:${port}` } };
}

async function startWyoming(
  packages: Packages,
  { name, directory }: PeerVoice,
  running: AsyncDisposableStack,
): Promise<Side> {
  const args = (port: number) => [
    "--uri",
    `tcp://127.0.0.1:${port}`,
    "--voice",
    name,
    "--data-dir",
    directory,
  ];
  const { pid, port } = running.use(await PythonServer.start(packages, "wyoming_piper", args));
  return { pid, target: { kind: "wyoming", port } };
}
