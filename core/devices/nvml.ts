/**
 * Asks NVML, the library of the NVIDIA driver, for the GPUs, in a process of its own.
 *
 * A call of NVML blocks its thread, and a driver that hangs does not return from it. Not even the end of the engine ends
 * such a thread: the engine would stay, with its port. Measured with a library that hangs: an engine with a Worker in such a
 * call does not end by itself. A process costs 16 MB (PSS) where a Worker costs 9 MB, and can hang or crash alone.
 *
 * @module
 */
import { join } from "node:path";
import type { Subprocess } from "bun";
import { type Clock, type Timer, withDeadline } from "../clock.ts";
import type { GpuListing } from "./gpu-listing.ts";
import { isNvml } from "./nvml-library.ts";
import type { NvmlAnswer } from "./nvml-process.ts";

/** The name under which the driver installs it on Linux; the dynamic linker finds it. */
export const NVML_LIBRARY = "libnvidia-ml.so.1";

const PROGRAM = join(import.meta.dir, "nvml-process.ts");
/** In ms. An answer takes some ms, the first 0.1 s, and some seconds if the driver must be loaded. */
export const DEADLINE_MS = 5_000;
/** How long it is not asked again after a failure, in ms. */
export const RETRY_MS = 60_000;
/** After so long without a question the process ends, in ms: while it runs, the driver cannot be replaced. */
export const IDLE_MS = 60_000;

export class Nvml {
  #process: ListingProcess | undefined;
  #failure: { readonly error: unknown; readonly until: number } | undefined;
  #idle: Timer | undefined;

  /** @param library a path, or a name that the dynamic linker finds */
  constructor(
    private readonly clock: Clock,
    private readonly library: string = NVML_LIBRARY,
  ) {}

  /**
   * Not to be called again before it has answered.
   *
   * @returns the GPUs in the order of nvidia-smi; undefined if the library cannot be opened
   * @throws Error if a call fails, or takes over 5 s. For a minute after that the same error is thrown at once
   */
  async list(): Promise<readonly GpuListing[] | undefined> {
    if (this.#failure && this.clock.monotonic() < this.#failure.until) throw this.#failure.error;
    this.#idle?.cancel();
    try {
      // Inside the driver not even SIGKILL ends a process, and another one would only hang as well.
      if (this.#process?.isAsked)
        throw new Error("NVML hangs, and the process that calls it cannot be ended");
      if (!this.#process && !isNvml(this.library)) return undefined;
      this.#process ??= this.#start();
      const late = () => new Error(`NVML did not answer within ${DEADLINE_MS} ms`);
      const gpus = await withDeadline(this.clock, this.#process.list(), DEADLINE_MS, late);
      this.#idle = this.clock.after(IDLE_MS, () => this.close());
      return gpus;
    } catch (error) {
      this.#failure = { error, until: this.clock.monotonic() + RETRY_MS };
      this.close();
      throw error;
    }
  }

  /** Ends the process; the next question starts another. */
  close(): void {
    this.#idle?.cancel();
    this.#process?.kill();
    if (!this.#process?.isAsked) this.#process = undefined;
  }

  #start(): ListingProcess {
    const started = new ListingProcess(this.library, () => {
      if (this.#process === started) this.#process = undefined;
    });
    return started;
  }
}

/** A running nvml-process.ts. */
class ListingProcess {
  readonly #child: Subprocess;
  #answer: PromiseWithResolvers<readonly GpuListing[]> | undefined;

  /** @param onEnd called once it has ended */
  constructor(library: string, onEnd: () => void) {
    this.#child = Bun.spawn([process.execPath, PROGRAM, library], {
      stdio: ["ignore", "ignore", "ignore"],
      env: process.env,
      serialization: "json",
      ipc: (message: NvmlAnswer) => {
        const answer = this.#answer;
        this.#answer = undefined;
        if ("gpus" in message) answer?.resolve(message.gpus);
        else answer?.reject(new Error(`NVML: ${message.problem}`));
      },
      onExit: (_, code, signal) => {
        this.#answer?.reject(new Error(`the process that calls NVML ended with ${signal ?? `code ${code}`}`));
        this.#answer = undefined;
        onEnd();
      },
    });
    // The engine may end while it hangs.
    this.#child.unref();
  }

  /** Whether it has not answered yet. */
  get isAsked(): boolean {
    return this.#answer !== undefined;
  }

  list(): Promise<readonly GpuListing[]> {
    this.#answer = Promise.withResolvers();
    this.#child.send("list");
    return this.#answer.promise;
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }
}
