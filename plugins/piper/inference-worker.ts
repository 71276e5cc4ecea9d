/**
 * The thread that runs the model. onnxruntime-node's `run` returns a promise but is synchronous. On the main thread it
 * would delay the plugin's answers for the whole sentence.
 *
 * @module
 */
import { env, InferenceSession, Tensor } from "onnxruntime-node";
import type { FromWorker, ToWorker } from "./inference-messages.ts";

declare const self: Worker;

const ERRORS_ONLY = 3;
// Set before the library starts: it searches for GPUs and warns about each folder that the sandbox refuses.
env.logLevel = "error";

const REQUIRED_INPUTS = ["input", "input_lengths", "scales"];

let session: InferenceSession | undefined;

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  const run = data.type === "run" ? data.run : undefined;
  try {
    await handle(data);
  } catch (error) {
    reply({ type: "failed", run, message: error instanceof Error ? error.message : String(error) });
  }
};

async function handle(message: ToWorker): Promise<void> {
  switch (message.type) {
    case "load":
      return load(message);
    case "run": {
      const samples = Atomics.load(message.abandoned, 0) ? new Float32Array() : await infer(message);
      return reply({ type: "done", run: message.run, samples }, [samples.buffer as ArrayBuffer]);
    }
    case "release":
      await session?.release();
      return reply({ type: "released" });
  }
}

async function load({ modelPath, device, threads }: Extract<ToWorker, { type: "load" }>): Promise<void> {
  session = await InferenceSession.create(modelPath, {
    executionProviders:
      device === "cpu" ? ["cpu"] : [{ name: "cuda", deviceId: Number(device.slice("cuda:".length)) }, "cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    // By default, threads wait for their next piece of work in a loop, which takes the CPU from everybody else.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
    logSeverityLevel: ERRORS_ONLY,
  });
  const missing = REQUIRED_INPUTS.filter((name) => !session!.inputNames.includes(name));
  if (missing.length > 0) {
    return reply({ type: "unsupported", reason: `its inputs are ${session.inputNames}, without ${missing}` });
  }
  reply({ type: "loaded" });
}

async function infer({ ids, speaker, scales }: Extract<ToWorker, { type: "run" }>): Promise<Float32Array> {
  const { inputNames, outputNames } = session!;
  const feeds: Record<string, Tensor> = {
    input: new Tensor("int64", ids, [1, ids.length]),
    input_lengths: new Tensor("int64", BigInt64Array.of(BigInt(ids.length)), [1]),
    scales: new Tensor("float32", Float32Array.from(scales), [3]),
  };
  if (inputNames.includes("sid")) feeds.sid = new Tensor("int64", BigInt64Array.of(BigInt(speaker)), [1]);
  const output = outputNames[0]!;
  const result = (await session!.run(feeds, [output]))[output]!;
  // A copy, because onnxruntime owns the tensor's memory. Some voices exceed [-1, 1] a little.
  const samples = Float32Array.from(result.data as Float32Array);
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    if (sample > 1) samples[i] = 1;
    else if (sample < -1) samples[i] = -1;
  }
  result.dispose();
  return samples;
}

function reply(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  self.postMessage(message, transfer);
}
