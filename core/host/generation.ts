/**
 * A generation as it serves: who holds it, and which instance stands behind it.
 *
 * @module
 */
import type { LoadResult } from "../../schemas/generated/hooks.ts";
import { SyrinxError } from "../errors.ts";
import type { Binding } from "./binding.ts";
import type { Instance } from "./instance.ts";

/** The right of one utterance to the generation that it began with. */
export interface Lease {
  readonly generation: number;
  readonly binding: Binding;
  /** What the voice said of itself when it was loaded; undefined for sinks. */
  readonly voice: LoadResult | undefined;
  /**
   * How loud each speaker was when the generation was probed, in LUFS; the first is always there. A process that takes
   * the place of a dead one changes nothing of it, so that one generation has one volume.
   */
  readonly loudness: ReadonlyMap<string, number>;
  /**
   * The instance to call now. After a crash this waits for the replacement.
   *
   * @throws SyrinxError if there will be none
   */
  instance(): Promise<Instance>;
  /** Aborts when another generation was routed: those who hold a lease for long should give it back. */
  readonly replaced: AbortSignal;
  /** Idempotent. */
  release(): void;
}

export class ServingGeneration {
  #instance: Instance | undefined;
  #replacement: PromiseWithResolvers<Instance> | undefined;
  #leases = 0;
  #idle: PromiseWithResolvers<void> | undefined;
  #over: SyrinxError | undefined;
  readonly #replaced = new AbortController();
  readonly #loudness: ReadonlyMap<string, number>;

  constructor(
    readonly number: number,
    readonly binding: Binding,
    instance: Instance,
  ) {
    this.#instance = instance;
    this.#loudness = instance.loudness;
  }

  /** How many utterances hold it. */
  get inflight(): number {
    return this.#leases;
  }

  /** The instance is ready, or ready again. */
  serve(instance: Instance): void {
    this.#instance = instance;
    this.#replacement?.resolve(instance);
    this.#replacement = undefined;
  }

  /** The instance died; a replacement may be on its way. */
  lose(instance: Instance): void {
    if (this.#instance === instance) this.#instance = undefined;
  }

  /** Whether no instance stands behind it now. */
  get lost(): boolean {
    return this.#instance === undefined;
  }

  /** There will be no other instance: those that wait for one fail. */
  giveUp(error: SyrinxError): void {
    this.#over = error;
    this.#replacement?.reject(error);
    this.#replacement = undefined;
  }

  lease(): Lease {
    this.#leases++;
    let held = true;
    return {
      generation: this.number,
      binding: this.binding,
      voice: this.#instance?.loaded,
      loudness: this.#loudness,
      instance: () => this.#present(),
      replaced: this.#replaced.signal,
      release: () => {
        if (!held) return;
        held = false;
        this.#leases--;
        if (this.#leases === 0) this.#idle?.resolve();
      },
    };
  }

  /** Another generation was routed. */
  retire(): void {
    this.#replaced.abort();
  }

  /** Resolves when nobody holds it. */
  idle(): Promise<void> {
    if (this.#leases === 0) return Promise.resolve();
    this.#idle ??= Promise.withResolvers<void>();
    return this.#idle.promise;
  }

  async #present(): Promise<Instance> {
    if (this.#instance && !this.#instance.closed) return this.#instance;
    if (this.#over) throw this.#over;
    if (!this.#replacement) {
      this.#replacement = Promise.withResolvers<Instance>();
      this.#replacement.promise.catch(() => {});
    }
    return this.#replacement.promise;
  }

  /** The error of a lease whose generation was replaced while it had no instance. */
  static replaced(): SyrinxError {
    return new SyrinxError(
      "plugin-crashed",
      "The process died, and its slot was given a new binding before it came back",
    );
  }
}
