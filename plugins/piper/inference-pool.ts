import { Inference, type InferenceInput, type InferenceOptions } from "./inference.ts";

/**
 * A model on several threads, with a session each. As many runs execute at once; the others wait in their order.
 *
 * A thread of its own for each run makes more sound than one run on several threads: on 2 cores 1.9 times as much as one
 * thread, against 1.4 times. Both together are slower than either (measured with onnxruntime-node 1.30).
 */
export class InferencePool {
  readonly #all: readonly Inference[];
  readonly #idle: Inference[];
  /** Runs that wait for a thread, the first first. */
  readonly #waiting: ((inference: Inference) => void)[] = [];

  private constructor(all: readonly Inference[]) {
    this.#all = all;
    this.#idle = [...all];
  }

  /**
   * @param workers number of threads that run the model
   * @throws PluginError as `Inference.load`; no thread is left then
   */
  static async load(options: InferenceOptions, workers: number): Promise<InferencePool> {
    // One alone first: a model that cannot be used fails once.
    const first = await Inference.load(options);
    const others = await Promise.allSettled(
      Array.from({ length: workers - 1 }, () => Inference.load(options)),
    );
    const loaded = [first, ...others.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))];
    const failed = others.find((one) => one.status === "rejected");
    if (!failed) return new InferencePool(loaded);
    await Promise.all(loaded.map((one) => one.close()));
    throw failed.reason;
  }

  /** As {@linkcode Inference.run}, once a thread is free. */
  async run(input: InferenceInput, signal: AbortSignal): Promise<Float32Array> {
    const inference =
      this.#idle.pop() ?? (await new Promise<Inference>((begin) => this.#waiting.push(begin)));
    try {
      return await inference.run(input, signal);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(inference);
      else this.#idle.push(inference);
    }
  }

  /** Ends the threads after their current runs. */
  async close(): Promise<void> {
    await Promise.all(this.#all.map((one) => one.close()));
  }
}
