/**
 * The engine: starts its parts in order, and stops them in reverse.
 *
 * @module
 */
import { systemClock, withDeadline } from "../clock.ts";
import { defaultConfig, describeFallback, type FullConfig, planChange } from "../config/mod.ts";
import { asSyrinxError, SyrinxError } from "../errors.ts";
import type { Host } from "../slots/mod.ts";
import { EngineApi } from "./engine-api.ts";
import type { EngineOptions } from "./engine-options.ts";
import { type EngineParts, makeParts } from "./parts.ts";
import { FIRST_SOURCE } from "./wanted-slots.ts";

/** How long a stop waits for processes that were killed, in ms. */
const KILL_MS = 3_000;

export class Engine {
  #stopped: Promise<void> | undefined;

  private constructor(private readonly parts: EngineParts) {}

  /**
   * Starts an engine. It answers requests as soon as its config is read; the promise resolves when every voice speaks
   * or has failed to.
   *
   * @throws SyrinxError journal-in-use, journal-unwritable, address-in-use, address-unavailable or tokens-required; nothing is
   *   left running then
   */
  static async start(options: EngineOptions): Promise<Engine> {
    const startedAt = systemClock.monotonic();
    const engine = new Engine(await makeParts(options));
    try {
      await engine.#boot(startedAt);
      return engine;
    } catch (error) {
      await engine.stop();
      throw error;
    }
  }

  get host(): Host {
    return this.parts.host;
  }

  /** e.g. `http://127.0.0.1:7851` */
  get url(): string {
    return this.parts.listener.url;
  }

  /**
   * Asks every source for its document now, without waiting for it to notice a change.
   *
   * @returns the version of the config that is active then
   */
  async reloadConfig(): Promise<number> {
    return (await this.parts.control.reload()).version;
  }

  /**
   * Takes no more requests, finishes those in flight, except for those whose clients do not take their answers, and ends every
   * plugin process. After `server.stopTimeoutMs` it aborts what is left, and kills the processes.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  /** @param startedAt monotonic, ms */
  async #boot(startedAt: number): Promise<void> {
    const { clock, log, sandbox, slots, sources, applier, store } = this.parts;
    this.#closeSwaps();
    if (!sandbox.enforced) log.warn(`plugins run without a sandbox: ${sandbox.summary}`);
    // Every start begins with the newest plugin `file`, without settings of the config: a mistake there could lock everybody out.
    const first = { [FIRST_SOURCE]: { plugin: "file", settings: {}, force: false } };
    sources.start(store, { ...store.lastGood?.config?.sources, ...first });
    await sources.heard();
    const { outcome } = await store.start();
    if (outcome === "applied") log.warn(describeFallback(store.version, store.lastGood));

    const config = store.config as FullConfig;
    applier.serve(config, new EngineApi(this.parts, startedAt));
    store.keepVersions();
    await slots.fill(planChange(null, config).slots);
    const ms = Math.round(clock.monotonic() - startedAt);
    log.info({ ms }, `ready; sandbox: ${sandbox.summary}`);
  }

  /** Swaps that were under way when the engine last ended get their end in the journal. */
  #closeSwaps(): void {
    const { clock, log, journal, report } = this.parts;
    const interrupted = journal.swaps.interruptOpenSwaps(new Date(clock.now()).toISOString());
    for (const swap of interrupted) report({ kind: "swap", slot: swap.slot, swap });
    if (interrupted.length > 0)
      log.warn(`${interrupted.length} swaps were interrupted when the engine last ended`);
  }

  async #stop(): Promise<void> {
    const { journal, host, speech, listener, sources, applier, control, store, clock, log } = this.parts;
    const { stopTimeoutMs } = (store.config ?? defaultConfig()).server;
    applier.stop();
    journal.events.dismiss();
    const reverted = control.close();
    const ended = (async () => {
      await listener.stop();
      await speech.delivered();
      // A config that is being applied may wait for a voice: the end of the slots cuts that short.
      await Promise.all([sources.stop(), reverted, host.close()]);
      await journal.ready();
    })();
    const late = () => new SyrinxError("plugin-timeout", `Not all was finished within ${stopTimeoutMs} ms`);
    await withDeadline(clock, ended, stopTimeoutMs, late).catch(async (error: unknown) => {
      log.warn(`${asSyrinxError(error).message}: what is left is broken off`);
      await this.#breakOff();
    });
    speech.close();
    journal.close();
  }

  /** Ends what holds a stop up. What did not reach a sink stays in the spool folder. */
  async #breakOff(): Promise<void> {
    const { host, listener, sources, clock, log } = this.parts;
    listener.breakOff();
    const ended = Promise.all([sources.stop(), host.kill()]);
    const late = () => new SyrinxError("plugin-timeout", `Not all was killed within ${KILL_MS} ms`);
    await withDeadline(clock, ended, KILL_MS, late).catch((error: unknown) =>
      log.error(asSyrinxError(error).message),
    );
  }
}
