/**
 * A slot: does what its state machine (lifecycle.ts) decides, and tells it what came of it.
 *
 * @module
 */
import type { InstanceView, SlotView } from "../../schemas/generated/api.ts";
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { withDeadline } from "../clock.ts";
import { asSyrinxError, SyrinxError } from "../errors.ts";
import { type Binding, bindingId, describeBinding, type WantedBinding } from "./binding.ts";
import type { EventBody, Report } from "../journal/mod.ts";
import { type Lease, ServingGeneration } from "./generation.ts";
import { handOver } from "./hand-over.ts";
import { watchHealth } from "./health-watch.ts";
import { Instance, type InstanceEnvironment } from "./instance.ts";
import {
  EMPTY_SLOT,
  type InstanceId,
  type SlotEffect,
  type SlotEvent,
  type SlotState,
  step,
} from "./lifecycle.ts";
import { probeVoice } from "./probe.ts";
import { residentBytes } from "./resident-bytes.ts";
import type { AcceptedSwap, SwapLog } from "./swap.ts";

export interface SlotEnvironment extends InstanceEnvironment {
  swaps: SwapLog;
  report: Report;
  drainTimeoutMs: number;
}

interface Running {
  instance: Instance;
  generation: ServingGeneration | undefined;
}

/** Codes of a binding that was wanted and could not be resolved. */
const UNOBTAINABLE: readonly string[] = ["release-not-found", "plugin-blocked"];

export class Slot {
  /** What the config wants, before versions are chosen. */
  wanted: WantedBinding;
  #state: SlotState = EMPTY_SLOT;
  #serving: ServingGeneration | undefined;
  #restarts = 0;
  #reported: EventBody | undefined;
  #next = Promise.withResolvers<void>();
  readonly #running = new Map<InstanceId, Running>();
  readonly #tasks = new Set<Promise<void>>();

  constructor(
    readonly name: string,
    readonly kind: PluginKind,
    wanted: WantedBinding,
    private readonly environment: SlotEnvironment,
  ) {
    this.wanted = wanted;
  }

  get state(): SlotView["state"] {
    const { live, swap, recovery, error, removed } = this.#state;
    if (live?.instance !== undefined) return "ready";
    if (live && recovery) return "recovering";
    if (swap && !removed) return "loading";
    return error && !removed ? "failed" : "stopped";
  }

  /** Whether a swap is under way or waits. */
  get swapping(): boolean {
    return this.#state.swap !== undefined;
  }

  /** Whether nothing serves that could, or something other than what is wanted, as that could not be had. */
  get lacking(): boolean {
    return this.state === "failed" || UNOBTAINABLE.includes(this.#state.error?.code ?? "");
  }

  /** Asks for a swap; it begins when those before it are over. */
  swap(binding: Binding, reason: SwapRecord["reason"]): AcceptedSwap {
    const swap = this.environment.swaps.plan(this.name, reason, this.#state.live?.binding, binding);
    this.#dispatch({ type: "requested", id: swap.id, binding, reason });
    return swap;
  }

  /** Puts a fault on record that kept the wanted binding from becoming a swap. */
  reject(error: SyrinxError): void {
    this.#state = { ...this.#state, error };
    if (!this.#state.live && !this.#state.swap) this.#do({ type: "give-up", error });
    this.#report();
  }

  /**
   * Takes hold of the present generation for one utterance.
   *
   * @param timeoutMs how long to wait for a slot that is loading, in ms
   * @throws SyrinxError slot-loading after the wait; slot-failed at once
   */
  async acquire(timeoutMs: number): Promise<Lease> {
    const deadline = this.environment.clock.monotonic() + timeoutMs;
    for (;;) {
      const { state } = this;
      if (this.#serving && state === "ready") return this.#serving.lease();
      if (state === "failed" || state === "stopped") throw this.#unavailable();
      const left = Math.max(0, deadline - this.environment.clock.monotonic());
      const late = () =>
        new SyrinxError(
          "slot-loading",
          `Slot ${this.name} is ${this.state} and was not ready within ${timeoutMs} ms`,
          { retryAfter: 5 },
        );
      await withDeadline(this.environment.clock, this.#next.promise, left, late);
    }
  }

  /** Ends everything of the slot, what is in flight last. Resolves when no process is left. */
  async remove(): Promise<void> {
    this.#dispatch({
      type: "removed",
      error: new SyrinxError("slot-removed", `Slot ${this.name} was removed`),
    });
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }

  view(): SlotView {
    const { live, swap, lastGeneration, error } = this.#state;
    const loaded = this.#instanceOf(live?.instance)?.loaded;
    const name = this.name.slice(this.name.indexOf(".") + 1);
    return {
      slot: this.name,
      kind: this.kind,
      state: this.state,
      generation: live?.number ?? lastGeneration,
      desired: { ...this.wanted },
      running: live ? describeBinding(live.binding) : null,
      ...(swap && { swap: swap.id }),
      ...(loaded && { voices: voiceIds(name, loaded.speakers) }),
      ...(loaded?.notes && loaded.notes.length > 0 && { notes: loaded.notes }),
      instances: [...this.#running.values()].map((running) => this.#instanceView(running)),
      restarts: this.#restarts,
      ...(error && { error: { code: error.code, message: error.message } }),
    };
  }

  /** What serves; undefined if nothing does. */
  get running(): Binding | undefined {
    return this.#state.live?.binding;
  }

  /** What the voice of the slot said of itself when it was loaded; undefined if none serves. */
  get voice() {
    const { live } = this.#state;
    const loaded = this.#instanceOf(live?.instance)?.loaded;
    return live && loaded ? { loaded, release: bindingId(live.binding) } : undefined;
  }

  #instanceOf(id: InstanceId | undefined): Instance | undefined {
    return id === undefined ? undefined : this.#running.get(id)?.instance;
  }

  #instanceView({ instance, generation }: Running): InstanceView {
    const rssBytes = residentBytes(instance.pid);
    return {
      pid: instance.pid,
      state: instance.state,
      generation: generation?.number ?? this.#state.lastGeneration + 1,
      inflight: generation?.inflight ?? 0,
      ...(rssBytes !== undefined && { rssBytes }),
      device: instance.loaded?.device ?? instance.binding.device,
      ...(instance.loudness.size > 0 && { loudness: Object.fromEntries(instance.loudness) }),
      sandbox: instance.sandbox,
      startedAt: new Date(instance.startedAt).toISOString(),
    };
  }

  #unavailable(): SyrinxError {
    const { error } = this.#state;
    if (error?.code === "slot-removed") return error;
    const why = error ? `: ${error.message}` : "";
    return new SyrinxError("slot-failed", `Slot ${this.name} is ${this.state}${why}`, {
      cause: error,
      retryAfter: 30,
    });
  }

  #dispatch(event: SlotEvent): void {
    const { state, effects } = step(this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#do(effect);
    this.#next.resolve();
    this.#next = Promise.withResolvers();
    this.#report();
  }

  /** Tells of the slot if it is not as it was told of last. */
  #report(): void {
    const { live, lastGeneration, error } = this.#state;
    const event: EventBody = {
      kind: "slot",
      slot: this.name,
      state: this.state,
      generation: live?.number ?? lastGeneration,
      ...(error && { error: { code: error.code, message: error.message } }),
    };
    if (Bun.deepEquals(event, this.#reported)) return;
    this.#reported = event;
    this.environment.report(event);
  }

  #do(effect: SlotEffect): void {
    switch (effect.type) {
      case "record":
        return this.environment.swaps.record(this.name, effect.transition, effect.generation, effect.detail);
      case "annotate":
        return this.environment.swaps.annotate(effect.transition, effect.detail);
      case "start":
        return this.#run(() => this.#start(effect.instance, effect.binding));
      case "load":
        return this.#attempt(effect.instance, (instance) => instance.load());
      case "restore":
        return this.#attempt(effect.instance, (instance) => this.#restore(instance));
      case "probe":
        return this.#attempt(effect.instance, (instance) => this.#probe(instance));
      case "route":
        return this.#route(effect.instance, effect.generation, effect.binding);
      case "drain":
        return this.#run(() => this.#drain(effect.instance));
      case "end":
        return this.#run(() => this.#end(effect.instance));
      case "finish":
        return this.environment.swaps.finish(effect.transition.id, effect.error);
      case "restart-after":
        this.environment.clock.after(effect.ms, () => this.#dispatch({ type: "restart", id: effect.id }));
        return;
      case "give-up":
        if (effect.error.code === "slot-failed")
          this.environment.log.error({ slot: this.name }, effect.error.message);
        return this.#serving?.giveUp(this.#unavailable());
    }
  }

  async #start(id: InstanceId, binding: Binding): Promise<void> {
    try {
      const instance = await Instance.start(this.name, binding, this.environment);
      this.#running.set(id, { instance, generation: undefined });
      this.#run(async () => {
        const error = await instance.gone;
        const { generation } = this.#running.get(id) ?? {};
        this.#running.delete(id);
        generation?.lose(instance);
        if (this.#state.live?.instance === id)
          this.environment.log.warn({ slot: this.name, pid: instance.pid }, error.message);
        else generation?.expire(error);
        this.#dispatch({ type: "exited", instance: id, ...this.#mishap(error) });
      });
      if (this.#awaits(id)) this.#dispatch({ type: "advanced", instance: id });
      else await instance.end();
    } catch (error) {
      this.#dispatch({ type: "failed", instance: id, ...this.#mishap(error) });
    }
  }

  /** Whether the instance is still wanted: the slot may have been removed, or the recovery dropped, while it started. */
  #awaits(id: InstanceId): boolean {
    return this.#state.swap?.instance === id || this.#state.recovery?.instance === id;
  }

  /** @param stage resolves with what is to be told of it, if anything */
  #attempt(id: InstanceId, stage: (instance: Instance) => Promise<string | void>): void {
    this.#run(async () => {
      const instance = this.#instanceOf(id);
      let detail: string | void;
      try {
        if (!instance)
          throw new SyrinxError("plugin-crashed", "The plugin process ended before it was ready");
        detail = await stage(instance);
      } catch (error) {
        // A stream that breaks because the process died says less than the death does.
        const crashed = asSyrinxError(error).code === "plugin-crashed" && instance;
        this.#dispatch({
          type: "failed",
          instance: id,
          ...this.#mishap(crashed ? await instance.gone : error),
        });
        return;
      }
      this.#dispatch({ type: "advanced", instance: id, ...(detail && { detail }) });
    });
  }

  /** The live instance goes on serving meanwhile; a process that died has taken its state with it. */
  #restore(instance: Instance): Promise<string> {
    instance.state = "restoring";
    return handOver(this.#instanceOf(this.#state.live?.instance), instance);
  }

  async #probe(instance: Instance): Promise<void> {
    instance.state = "probing";
    const { clock, timeouts } = this.environment;
    const { loadMs } = timeouts;
    if (this.kind !== "voice") return instance.health(loadMs);
    const late = () =>
      new SyrinxError("plugin-timeout", `The voice did not end its probe sentence within ${loadMs} ms`);
    instance.loudness = await withDeadline(clock, probeVoice(instance), loadMs, late);
  }

  #route(id: InstanceId, number: number, binding: Binding): void {
    const running = this.#running.get(id);
    if (!running) return;
    running.instance.state = "serving";
    watchHealth(running.instance, this.environment);
    if (this.#serving?.number === number) {
      this.#restarts++;
      this.#serving.serve(running.instance);
    } else {
      const before = this.#serving;
      this.#serving = new ServingGeneration(number, binding, running.instance);
      if (before?.lost) {
        before.retire(this.#countMoved(this.environment.swaps.routing(this.name, number)));
        before.expire(ServingGeneration.replaced());
      }
    }
    running.generation = this.#serving;
  }

  async #drain(id: InstanceId): Promise<void> {
    const running = this.#running.get(id);
    if (running) {
      running.instance.state = "draining";
      const { clock, drainTimeoutMs, log } = this.environment;
      running.generation?.retire(this.#countMoved(this.#state.draining.get(id)));
      const left = (await running.generation?.drain(clock, drainTimeoutMs)) ?? 0;
      if (left > 0)
        log.warn(
          { slot: this.name, pid: running.instance.pid, left },
          "the replaced instance is ended in the middle of what it had in hand",
        );
    }
    this.#dispatch({ type: "drained", instance: id });
  }

  /** @param swap that took the place of a generation */
  #countMoved(swap: string | undefined) {
    return () => {
      if (swap !== undefined) this.environment.swaps.moved(swap);
    };
  }

  /** Its exit is reported by who watches it; an instance that never ran is gone at once. */
  async #end(id: InstanceId): Promise<void> {
    await Promise.resolve();
    const instance = this.#instanceOf(id);
    if (instance) await instance.end();
    else this.#dispatch({ type: "exited", instance: id, ...this.#mishap("it never ran") });
  }

  #mishap(error: unknown) {
    return { error: asSyrinxError(error), now: this.environment.clock.now(), recoveryId: Bun.randomUUIDv7() };
  }

  #run(task: () => Promise<unknown>): void {
    const running = task()
      .catch((error: unknown) =>
        this.environment.log.error({ slot: this.name, err: error }, "a task of the slot failed"),
      )
      .then(() => {
        this.#tasks.delete(running);
      });
    this.#tasks.add(running);
  }
}

/** @returns `slot` for a voice of one speaker, else `slot` and `slot/speaker` for each */
export function voiceIds(slot: string, speakers: readonly { id: string }[]): string[] {
  return speakers.length === 1 ? [slot] : [slot, ...speakers.map(({ id }) => `${slot}/${id}`)];
}
