import { Inference, type InferenceInput, type InferenceOptions } from "./inference.ts";
import { type Threads, ThreadTrial } from "./thread-trial.ts";

/** The first lone sentence is often the probe of a voice that nobody uses yet. */
const STARTS_AT = 2;

/**
 * Runs a sentence while no other one runs: on several threads of a session made for this, if that is faster. The session
 * starts with the second such sentence, in the background, and ends again if the model gains nothing from it.
 */
export class LoneInference {
  readonly #trial = new ThreadTrial();
  #runs = 0;
  #several: Inference | undefined;
  #starting: Promise<void> | undefined;
  #ending: Promise<void> | undefined;
  #failed = false;
  #closed = false;

  /**
   * @param options of a session with several threads
   * @param fits whether the process may load the model once more
   */
  constructor(
    private readonly options: InferenceOptions,
    private readonly fits: () => boolean,
  ) {}

  /** What the sentences are spoken on. Undefined: not decided yet. */
  get verdict(): Threads | undefined {
    return this.#failed ? "one" : this.#trial.verdict;
  }

  /**
   * As {@linkcode Inference.run}.
   *
   * @param one a session with one thread that has nothing to do
   * @param stayedAlone whether no other run has begun since this one did
   */
  async run(
    one: Inference,
    input: InferenceInput,
    signal: AbortSignal,
    stayedAlone: () => boolean,
  ): Promise<Float32Array> {
    this.#runs++;
    if (!this.#starting && this.#runs >= STARTS_AT && !this.#closed && this.fits())
      this.#starting = this.#start();
    const several = this.#several;
    const threads = several ? this.#trial.next : "one";
    const begin = performance.now();
    const samples = await (several && threads === "several" ? several : one).run(input, signal);
    if (several && samples.length > 0 && stayedAlone()) this.#measured(threads, begin, samples.length);
    return samples;
  }

  /** Ends the threads after their current run. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#starting;
    this.#ending ??= this.#end();
    await this.#ending;
  }

  #measured(threads: Threads, begin: number, samples: number): void {
    this.#trial.add(threads, performance.now() - begin, samples);
    if (this.#trial.verdict === "one") this.#ending ??= this.#end();
  }

  /** If that fails, e.g. for lack of memory, sentences are spoken on one thread. */
  async #start(): Promise<void> {
    try {
      this.#several = await Inference.load(this.options);
    } catch (error) {
      this.#failed = true;
      console.warn(
        `No threads for single sentences: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  async #end(): Promise<void> {
    const several = this.#several;
    this.#several = undefined;
    await several?.close();
  }
}
