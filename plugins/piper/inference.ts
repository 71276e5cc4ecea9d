import { PluginError } from "syrinx/sdk";
import type { FromWorker, ToWorker } from "./inference-messages.ts";
import { disableOnnxTelemetry } from "./telemetry.ts";

export interface InferenceOptions {
  /** Absolute path of the ONNX file. */
  readonly modelPath: string;
  /** `cpu` or `cuda:N`. */
  readonly device: string;
  /** Threads within one run. */
  readonly threads: number;
}

export interface InferenceInput {
  readonly ids: BigInt64Array;
  /** The speaker's number in the model. A model without `sid` ignores it. */
  readonly speaker: number;
  readonly noiseScale: number;
  readonly lengthScale: number;
  readonly noiseW: number;
}

type RunReply = Extract<FromWorker, { type: "done" | "failed" }>;

/** A loaded VITS model on its own thread. Runs execute one after another, in order. */
export class Inference {
  readonly #worker: Worker;
  readonly #runs = new Map<number, (reply: RunReply) => void>();
  #settled: ((reply: FromWorker) => void) | undefined;
  #lastRun = 0;
  #closed = false;

  private constructor() {
    disableOnnxTelemetry();
    this.#worker = new Worker(new URL("./inference-worker.ts", import.meta.url).href);
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if ((data.type === "done" || data.type === "failed") && data.run !== undefined) {
        this.#runs.get(data.run)?.(data);
        this.#runs.delete(data.run);
      } else this.#settled?.(data);
    };
    this.#worker.onerror = ({ message }) => {
      this.#settled?.({ type: "failed", message });
      for (const settle of this.#runs.values()) settle({ type: "failed", message });
      this.#runs.clear();
    };
  }

  /**
   * @throws PluginError `model-corrupt` if the file is no ONNX model, `model-unsupported` if it is no Piper voice,
   *   `device-unavailable` if the GPU does not work
   */
  static async load({ modelPath, device, threads }: InferenceOptions): Promise<Inference> {
    const inference = new Inference();
    const reply = await inference.#ask({ type: "load", modelPath, device, threads });
    if (reply.type === "loaded") return inference;
    await inference.close();
    if (reply.type === "unsupported") {
      throw new PluginError(
        "model-unsupported",
        `Cannot use ${modelPath} as a Piper voice because ${reply.reason}`,
      );
    }
    const reason = reply.type === "failed" ? reply.message : reply.type;
    if (device !== "cpu") {
      throw new PluginError("device-unavailable", `Cannot load on ${device}: onnxruntime says: ${reason}`);
    }
    throw new PluginError("model-corrupt", `Cannot load ${modelPath}: onnxruntime says: ${reason}`);
  }

  /**
   * @param signal if it aborts before the run begins, the run is skipped
   * @returns samples in [-1, 1]; none if the run was skipped
   * @throws PluginError `plugin-failed` if onnxruntime fails
   */
  async run(input: InferenceInput, signal: AbortSignal): Promise<Float32Array> {
    if (signal.aborted || this.#closed) return new Float32Array();
    const run = ++this.#lastRun;
    const abandoned = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const abandon = () => void Atomics.store(abandoned, 0, 1);
    signal.addEventListener("abort", abandon);
    try {
      const { ids, speaker, noiseScale, lengthScale, noiseW } = input;
      const reply = await new Promise<RunReply>((resolve) => {
        this.#runs.set(run, resolve);
        this.#post({ type: "run", run, ids, speaker, scales: [noiseScale, lengthScale, noiseW], abandoned });
      });
      if (reply.type === "done") return reply.samples;
      throw new PluginError("plugin-failed", `Cannot speak: onnxruntime says: ${reply.message}`);
    } finally {
      signal.removeEventListener("abort", abandon);
    }
  }

  /** Ends the thread after its current runs. If it ended in the middle of a run, the whole process would crash. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#ask({ type: "release" });
    this.#worker.terminate();
  }

  #ask(message: ToWorker): Promise<FromWorker> {
    return new Promise((resolve) => {
      this.#settled = resolve;
      this.#post(message);
    });
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
