/**
 * A generation as it serves: who holds it, and which instance stands behind it.
 *
 * A generation that is no longer routed to is over after `swap.drainTimeoutMs`, or when its process dies. `Lease.over`
 * tells its holders. They read their current segments into memory within 10 s, and continue with another lease at the next
 * segment. `moved` in the record of the swap counts them.
 *
 * A generation keeps the loudness of its probe, also with another process or other live settings. So a
 * manifest must not mark a setting as live that changes how loud a voice is: piper's `lengthScale` from 0.5 to 2 moves
 * it by 0.5 LU and its noises by 0.1 LU, tone's `hertz` by up to 17 LU.
 *
 * @module
 */
import type { LoadResult } from "../../schemas/generated/hooks.ts";
import { type Clock, withDeadline } from "../clock.ts";
import { type ErrorCode, SyrinxError } from "../errors.ts";
import type { PluginInstance } from "../instances/mod.ts";
import { type Binding, liveSettings } from "../releases/mod.ts";

/**
 * How long the holders of a generation that is over may take to finish the current segment, in ms. A segment is some
 * seconds of sound, and is made faster than it is heard. One that takes longer than this hangs.
 */
export const LEAVE_TIMEOUT_MS = 10_000;

/** Errors that are the fault of the plugin, and not of its caller. */
const PLUGIN_FAULTS: readonly ErrorCode[] = [
  "plugin-failed",
  "plugin-crashed",
  "plugin-timeout",
  "protocol-violation",
];

/** The right of one utterance to the generation that it began with. */
export interface Lease {
  readonly generation: number;
  readonly binding: Binding;
  /** Settings that go along with each call, for a plugin with live settings; undefined: it has none. */
  readonly settings: Binding["settings"] | undefined;
  /** Stands for the process. Generations that one process serves have the same one, and share the turns at it. */
  readonly process: object;
  /** What the voice reported when it was loaded; undefined for sinks. */
  readonly voice: LoadResult | undefined;
  /**
   * How loud each speaker was when the generation was probed, in LUFS; the first is always there. A process
   * that replaces a dead one does not change it, so that one generation has one volume.
   */
  readonly loudness: ReadonlyMap<string, number>;
  /**
   * The instance to call now. After a crash this waits for the replacement.
   *
   * @throws SyrinxError if there will be none; the reason of `over` if the generation is over
   */
  instance(): Promise<PluginInstance>;
  /** Aborts when another generation was routed: those who hold a lease for long should give it back. */
  readonly replaced: AbortSignal;
  /**
   * Aborts when the generation is over, with a SyrinxError that says why. From then on its holder starts no new call
   * with it, reads its current segments into memory, releases the lease, and goes on with another one.
   */
  readonly over: AbortSignal;
  /** Tells how a call went: `ok`, or what it failed with. Only what is the plugin's fault counts against it. */
  report(outcome: "ok" | SyrinxError): void;
  /** Tells that its holder continues with another generation because this one has ended. Idempotent. */
  moved(): void;
  /** Idempotent. */
  release(): void;
}

export class ServingGeneration {
  #instance: PluginInstance | undefined;
  #replacement: PromiseWithResolvers<PluginInstance> | undefined;
  #idle: PromiseWithResolvers<void> | undefined;
  #givenUp: SyrinxError | undefined;
  #expired: SyrinxError | undefined;
  #onMoved: (() => void) | undefined;
  /** What tells each holder that the generation is over. */
  readonly #leases = new Set<AbortController>();
  readonly #over = Promise.withResolvers<void>();
  readonly #replaced = new AbortController();
  readonly #loudness: ReadonlyMap<string, number>;
  readonly #settings: Binding["settings"] | undefined;

  /**
   * @param onReleased called for every lease that is released: whether all of its calls went well; undefined: no calls
   * @param process value of {@linkcode Lease.process}
   */
  constructor(
    readonly number: number,
    readonly binding: Binding,
    instance: PluginInstance,
    private readonly onReleased?: (ok: boolean | undefined) => void,
    readonly process: object = {},
  ) {
    this.#instance = instance;
    this.#loudness = instance.loudness;
    this.#settings = liveSettings(binding).length > 0 ? binding.settings : undefined;
  }

  /** How many utterances hold it. */
  get inflight(): number {
    return this.#leases.size;
  }

  /** The instance is ready, or ready again. */
  serve(instance: PluginInstance): void {
    this.#instance = instance;
    this.#replacement?.resolve(instance);
    this.#replacement = undefined;
  }

  /** The instance died; a replacement may be on its way. */
  lose(instance: PluginInstance): void {
    if (this.#instance === instance) this.#instance = undefined;
  }

  /** Whether it has no instance now. */
  get lost(): boolean {
    return this.#instance === undefined;
  }

  /** Whether its holders were told to continue with another generation. */
  get isOver(): boolean {
    return this.#expired !== undefined;
  }

  /** There will be no other instance: calls that wait for one fail. */
  giveUp(error: SyrinxError): void {
    this.#givenUp = error;
    this.#replacement?.reject(error);
    this.#replacement = undefined;
  }

  lease(): Lease {
    const over = new AbortController();
    if (this.#expired) over.abort(this.#expired);
    this.#leases.add(over);
    let moved = false;
    let ok: boolean | undefined;
    return {
      generation: this.number,
      binding: this.binding,
      settings: this.#settings,
      process: this.process,
      voice: this.#instance?.loaded,
      loudness: this.#loudness,
      instance: async () => {
        over.signal.throwIfAborted();
        return this.#present();
      },
      replaced: this.#replaced.signal,
      over: over.signal,
      report: (outcome) => {
        if (outcome === "ok") ok ??= true;
        else if (PLUGIN_FAULTS.includes(outcome.code)) ok = false;
      },
      moved: () => {
        if (!moved) this.#onMoved?.();
        moved = true;
      },
      release: () => {
        if (!this.#leases.delete(over)) return;
        this.onReleased?.(ok);
        if (this.#leases.size === 0) this.#idle?.resolve();
      },
    };
  }

  /**
   * Another generation was routed.
   *
   * @param onMoved called for every utterance that continues with another generation when this one is over
   */
  retire(onMoved?: () => void): void {
    this.#onMoved = onMoved;
    this.#replaced.abort();
  }

  /**
   * It is over: its process is gone, or it drained for too long. Its holders are told to continue with the generation that
   * serves now. Idempotent.
   *
   * @param reason what `Lease.over` aborts with
   */
  expire(reason: SyrinxError): void {
    if (this.#expired) return;
    this.#expired = reason;
    this.giveUp(reason);
    this.#replaced.abort();
    for (const over of this.#leases) over.abort(reason);
    this.#over.resolve();
  }

  /** Resolves when nobody holds it. */
  idle(): Promise<void> {
    if (this.#leases.size === 0) return Promise.resolve();
    this.#idle ??= Promise.withResolvers<void>();
    return this.#idle.promise;
  }

  /**
   * Waits until nobody holds it. When the time is up it expires, and its holders continue with another generation.
   *
   * @param timeoutMs how long its holders may finish what they began, in ms
   * @returns how many still hold it {@linkcode LEAVE_TIMEOUT_MS} after it was over
   */
  async drain(clock: Clock, timeoutMs: number): Promise<number> {
    const late = () =>
      new SyrinxError("plugin-timeout", `The replaced instance was not drained within ${timeoutMs} ms`);
    const finished = Promise.race([this.idle(), this.#over.promise]);
    await withDeadline(clock, finished, timeoutMs, late).catch((error: SyrinxError) => this.expire(error));
    await withDeadline(clock, this.idle(), LEAVE_TIMEOUT_MS, late).catch(() => {});
    return this.inflight;
  }

  async #present(): Promise<PluginInstance> {
    if (this.#instance && !this.#instance.closed) return this.#instance;
    if (this.#givenUp) throw this.#givenUp;
    if (!this.#replacement) {
      this.#replacement = Promise.withResolvers<PluginInstance>();
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
