import { Inference, type InferenceInput, type InferenceOptions } from "./inference.ts";
import { LoneInference } from "./lone-inference.ts";

export interface PoolOptions extends InferenceOptions {
  /** The most runs that execute at once. */
  readonly workers: number;
  /** Threads for a run that is alone. Not more than `threads`: such a run is like any other. */
  readonly loneThreads: number;
  /** @returns whether the process may load the model once more */
  fitsAnother(): boolean;
}

/**
 * A model on several threads, with a session each. As many runs execute at once; the others wait in their order. The first
 * thread is there from the load on. Each of the others starts when a run has to wait, so a voice that nobody uses much takes
 * the time and the memory of one. A run that is alone may use several threads.
 *
 * A thread of its own for each run makes more sound than one run on several threads: on 2 cores 1.9 times as much as one
 * thread, against 1.4 times. Both together are slower than either (measured with onnxruntime-node 1.30).
 */
export class InferencePool {
  readonly #all: Inference[];
  readonly #idle: Inference[];
  /** Runs that wait for a thread, the first first. */
  readonly #waiting: ((inference: Inference) => void)[] = [];
  readonly #lone: LoneInference | undefined;
  #starting: Promise<void> | undefined;
  #most: number;
  /** How many runs have begun. */
  #begun = 0;

  private constructor(
    first: Inference,
    private readonly options: PoolOptions,
  ) {
    this.#all = [first];
    this.#idle = [first];
    this.#most = options.workers;
    if (options.loneThreads > options.threads)
      this.#lone = new LoneInference({ ...options, threads: options.loneThreads }, options.fitsAnother);
  }

  /** @throws PluginError as `Inference.load` */
  static async load(options: PoolOptions): Promise<InferencePool> {
    return new InferencePool(await Inference.load(options), options);
  }

  /** Whether it matters to a run that it is alone. */
  get treatsLoneRuns(): boolean {
    return this.#lone !== undefined && this.#lone.verdict !== "one";
  }

  /**
   * As {@linkcode Inference.run}, once a thread is free.
   *
   * @param alone whether no other run is about to come
   */
  async run(
    input: InferenceInput,
    signal: AbortSignal,
    { alone }: { alone: boolean },
  ): Promise<Float32Array> {
    const inference = this.#idle.pop() ?? (await this.#next());
    const run = ++this.#begun;
    try {
      // A run that is alone keeps its place among the workers, so that not more runs execute at once than should.
      if (this.#lone && alone && this.#idle.length === this.#all.length - 1)
        return await this.#lone.run(inference, input, signal, () => this.#begun === run);
      return await inference.run(input, signal);
    } finally {
      this.#free(inference);
    }
  }

  /** Ends the threads after their current runs. */
  async close(): Promise<void> {
    this.#most = 0;
    await this.#starting;
    await Promise.all([...this.#all.map((one) => one.close()), this.#lone?.close()]);
  }

  get #mayStart(): boolean {
    return this.#all.length < this.#most && this.options.fitsAnother();
  }

  #next(): Promise<Inference> {
    return new Promise((begin) => {
      this.#waiting.push(begin);
      if (this.#mayStart) this.#starting ??= this.#start();
    });
  }

  #free(inference: Inference): void {
    const next = this.#waiting.shift();
    if (next) next(inference);
    else this.#idle.push(inference);
  }

  /** Starts one more thread. If that fails, e.g. for lack of memory, those that are there go on. */
  async #start(): Promise<void> {
    try {
      const inference = await Inference.load(this.options);
      this.#all.push(inference);
      this.#free(inference);
    } catch (error) {
      this.#most = this.#all.length;
      console.warn(
        `No further thread for the model: ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      this.#starting = undefined;
    }
    if (this.#waiting.length > 0 && this.#mayStart) this.#starting = this.#start();
  }
}
