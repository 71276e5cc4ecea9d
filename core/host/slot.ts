/**
 * A slot: does what its state machine (lifecycle/) decides, and tells it what came of it.
 *
 * @module
 */
import type { InstanceView, SlotRecord, SlotView } from "../../schemas/generated/api.ts";
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type { Strategy, SwapRecord } from "../../schemas/generated/swap.ts";
import { withDeadline } from "../clock.ts";
import { SyrinxError } from "../errors.ts";
import type { EventBody } from "../journal/mod.ts";
import type { Assessment } from "./admission.ts";
import { type Binding, bindingId, type WantedBinding, wantedOf } from "./binding.ts";
import { Crew } from "./crew.ts";
import { performer } from "./effects.ts";
import type { Lease } from "./generation.ts";
import { IdleWatch } from "./idle-watch.ts";
import type { LoadedVoice } from "./known-voice.ts";
import type { MemoryLimit } from "./memory-watch.ts";
import {
  type EffectOf,
  EMPTY_SLOT,
  servesInPlace,
  type SlotEffect,
  type SlotEvent,
  type SlotState,
  step,
  type Transition,
  type Unloaded,
} from "./lifecycle/mod.ts";
import { Service } from "./service.ts";
import type { SlotEnvironment, SwapManner, Upkeep } from "./slot-environment.ts";
import { recordSlot } from "./slot-record.ts";
import { viewInstance, viewSlot } from "./slot-view.ts";
import type { AcceptedSwap } from "./swap.ts";

/** Codes of a binding that was wanted and could not be resolved. */
const UNOBTAINABLE: readonly string[] = ["release-not-found", "plugin-blocked"];

export class Slot {
  /** What the config wants, before versions are chosen. */
  wanted: WantedBinding;
  #state: SlotState = EMPTY_SLOT;
  #upkeep: Upkeep;
  #reported: EventBody | undefined;
  #lastVoice: LoadedVoice | undefined;
  #next = Promise.withResolvers<void>();
  /** By the ids of swaps that are not over. */
  readonly #manners = new Map<string, SwapManner>();
  readonly #idle: IdleWatch;
  readonly #crew: Crew;
  readonly #service: Service;
  readonly #perform: (effect: SlotEffect) => void;

  constructor(
    readonly name: string,
    readonly kind: PluginKind,
    wanted: WantedBinding,
    upkeep: Upkeep,
    private readonly environment: SlotEnvironment,
  ) {
    this.wanted = wanted;
    this.#upkeep = upkeep;
    const report = (event: SlotEvent) => this.#dispatch(event);
    this.#crew = new Crew({
      slot: name,
      kind,
      environment,
      report,
      isAwaited: (id) => this.#state.swap?.instance === id || this.#state.recovery?.instance === id,
      isLive: (id) => this.#state.live?.instance === id,
      gone: (member, error) => this.#service.gone(member, this.#state, error),
    });
    this.#idle = new IdleWatch(environment.clock, () => this.#unloadIfIdle());
    this.#service = new Service({
      slot: name,
      environment,
      crew: this.#crew,
      report,
      used: () => this.#idle.used(),
      memoryLimit: () => this.#memoryLimit(),
    });
    this.#perform = performer({
      slot: name,
      environment,
      crew: this.#crew,
      service: this.#service,
      state: () => this.#state,
      manner: (swap) => this.#manners.get(swap),
      unavailable: () => this.#unavailable(),
      report,
    });
  }

  get state(): SlotView["state"] {
    const { live, swap, recovery, unloaded, error, removed } = this.#state;
    if (live?.instance !== undefined) return "ready";
    if (live && recovery) return "recovering";
    if (swap?.binding && !removed) return "loading";
    if (unloaded && !removed) return "unloaded";
    return error && !removed ? "failed" : "stopped";
  }

  /** How it is kept. */
  get upkeep(): Upkeep {
    return this.#upkeep;
  }

  /** Why nothing serves, or why the last swap failed. */
  get error(): SyrinxError | undefined {
    return this.#state.error;
  }

  /** Whether a swap is under way or waits. */
  get swapping(): boolean {
    return this.#state.swap !== undefined;
  }

  /** Whether nothing serves that could, or something other than what is wanted, as that could not be had. */
  get lacking(): boolean {
    return this.state === "failed" || UNOBTAINABLE.includes(this.#state.error?.code ?? "");
  }

  /** What serves; undefined if nothing does. */
  get running(): Binding | undefined {
    return this.#state.live?.binding;
  }

  /** The swap that is under way. */
  get swapUnderWay(): string | undefined {
    return this.#state.swap?.id;
  }

  /** Where a rollback leads; undefined if nothing else served before. */
  get previous(): Binding | undefined {
    return this.#state.previous;
  }

  /** Why nothing is loaded, though nothing is wrong; undefined if something is, or will be, or nothing can be. */
  get unloaded(): Unloaded | undefined {
    return this.state === "unloaded" ? this.#state.unloaded : undefined;
  }

  /** What the voice that served last said of itself when it was loaded; undefined if none has. */
  get lastVoice(): LoadedVoice | undefined {
    return this.#lastVoice;
  }

  /**
   * What may be ended to make room for others: what is parked, and a voice that comes on demand and is not in use. Names
   * of instances in the ledger of memory, each with when it was used last, on the monotonic clock in ms.
   */
  get evictable(): { key: string; lastUsedAt: number }[] {
    const { live, parked, swap } = this.#state;
    const ids = [
      // What is parked goes before everything that may be used again.
      { id: parked?.instance, lastUsedAt: 0 },
      { id: this.#mayUnload && !swap ? live?.instance : undefined, lastUsedAt: this.#idle.lastUsedAt },
    ];
    return ids.flatMap(({ id, lastUsedAt }) =>
      id === undefined ? [] : [{ key: this.#crew.keyOf(id), lastUsedAt }],
    );
  }

  /** @returns whether there is room for a swap now, and how that would be done. Reserves nothing. */
  async assess(binding: Binding, strategy: Strategy): Promise<Assessment | "in-place"> {
    if (servesInPlace(this.#state, { binding, reason: "request", strategy })) return "in-place";
    const applicant = this.#crew.applicant(this.#state.lastInstance + 1, binding, strategy);
    return this.environment.admission.assess(applicant);
  }

  /** @returns what fills it, and what that knows */
  record(): Promise<SlotRecord> {
    const live = this.#crew.member(this.#state.live?.instance);
    return recordSlot(this.name, this.running, this.#service.stateGiver(live));
  }

  /** Takes over how it is kept. A slot that is loaded on demand, and was never loaded, waits for its first request. */
  keep(upkeep: Upkeep): void {
    this.#upkeep = upkeep;
    this.#idle.configure(upkeep.idleUnloadMs);
    const { live, swap, error, removed } = this.#state;
    if (upkeep.load !== "on-demand" || live || swap || error || removed) return;
    this.#state = { ...this.#state, unloaded: "on-demand" };
    this.#tell();
  }

  /** Asks for a swap; it begins when those before it are over. */
  swap(binding: Binding | undefined, reason: SwapRecord["reason"], manner: SwapManner = {}): AcceptedSwap {
    const { strategy = "auto" } = manner;
    const swap = this.environment.swaps.plan(this.name, {
      reason,
      strategy,
      from: this.running,
      to: binding,
    });
    this.#manners.set(swap.id, manner);
    this.#dispatch({ type: "requested", id: swap.id, binding, reason, strategy });
    return swap;
  }

  /**
   * Routes all utterances to the canary.
   *
   * @param id of the swap
   * @throws SyrinxError swap-not-canary
   */
  promote(id: string): void {
    this.#requireCanary(id, "promote");
    this.#dispatch({ type: "promoted", id, detail: "promoted by hand" });
  }

  /**
   * Takes the canary back.
   *
   * @param id of the swap
   * @throws SyrinxError swap-not-canary
   */
  abort(id: string): void {
    this.#requireCanary(id, "abort");
    this.#dispatch({ type: "aborted", id, error: new SyrinxError("swap-aborted", "It was aborted by hand") });
  }

  /**
   * Ends an instance to make room for others, if it may still be ended.
   *
   * @param key that {@linkcode evictable} has named
   * @returns when its process is gone
   */
  async evict(key: string): Promise<void> {
    if (!this.evictable.some((one) => one.key === key)) return;
    const { parked } = this.#state;
    if (parked?.instance === undefined || this.#crew.keyOf(parked.instance) !== key) {
      await this.swap(undefined, "evicted").done;
      return;
    }
    const gone = this.#crew.member(parked.instance)?.instance.gone;
    this.#dispatch({ type: "unparked", instance: parked.instance });
    await gone;
  }

  /** Puts a fault on record that kept the wanted binding from becoming a swap. */
  reject(error: SyrinxError): void {
    this.#state = { ...this.#state, error, unloaded: undefined };
    if (!this.#state.live && !this.#state.swap) this.#perform({ type: "give-up", error });
    this.#tell();
  }

  /** What kept the wanted binding from being had is over: a slot that is loaded on demand waits for a request again. */
  relent(): void {
    if (this.swapping) return;
    this.#state = { ...this.#state, error: undefined };
    this.keep(this.#upkeep);
  }

  /**
   * Takes hold of the present generation for one utterance. A slot that was unloaded, but not by hand, is loaded.
   *
   * @param timeoutMs how long to wait for a slot that is loading, in ms
   * @throws SyrinxError slot-loading after the wait; slot-failed or slot-unloaded at once
   */
  async acquire(timeoutMs: number): Promise<Lease> {
    const deadline = this.environment.clock.monotonic() + timeoutMs;
    let demanded = false;
    for (;;) {
      const { state } = this;
      const lease = state === "ready" ? this.#service.lease() : undefined;
      if (lease) {
        this.#idle.used();
        return lease;
      }
      if (state === "failed" || state === "stopped") throw this.#unavailable();
      if (state === "unloaded") {
        if (demanded && this.#state.error) throw this.#unavailable();
        this.#demand();
        demanded = true;
      }
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
    this.#idle.end();
    this.#dispatch({
      type: "removed",
      error: new SyrinxError("slot-removed", `Slot ${this.name} was removed`),
    });
    await this.#crew.settled();
  }

  view(): SlotView {
    const { name, kind, state, wanted } = this;
    return viewSlot({
      slot: name,
      kind,
      state,
      load: this.#upkeep.load,
      wanted,
      machine: this.#state,
      crew: this.#crew,
      restarts: this.#service.restarts,
    });
  }

  #memoryLimit(): MemoryLimit {
    const { memoryLimitBytes } = this.#upkeep;
    return memoryLimitBytes === undefined
      ? { of: "host", bytes: this.environment.admission.hostBudgetBytes, from: "memory.budgets.host" }
      : { of: "host", bytes: memoryLimitBytes, from: `${this.name}.memoryLimitBytes` };
  }

  /** Its instances as the API shows them, each with its name in the ledger of memory. */
  get instances(): (InstanceView & { key: string })[] {
    return this.#crew.members.map((member) => ({
      ...viewInstance(member, this.#state.lastGeneration + 1),
      key: this.#crew.keyOf(member.id),
    }));
  }

  get #inflight(): number {
    return this.#crew.members
      .flatMap(({ generations }) => generations)
      .reduce((sum, { inflight }) => sum + inflight, 0);
  }

  #demand(): void {
    const { unloaded, swap } = this.#state;
    if (unloaded === "request" && this.#upkeep.load === "eager") {
      throw new SyrinxError(
        "slot-unloaded",
        `Slot ${this.name} was unloaded by hand. Load it with syrinx load, or POST /control/slots/${this.name}/load`,
        { retryAfter: 30 },
      );
    }
    const isComing = swap?.binding || this.#state.waiting.some(({ binding }) => binding);
    if (!isComing) this.environment.demand(this.name);
  }

  get #mayUnload(): boolean {
    return this.#upkeep.load === "on-demand" && this.#inflight === 0;
  }

  #unloadIfIdle(): void {
    const isIdle = this.#state.live?.instance !== undefined && !this.swapping && this.#inflight === 0;
    if (isIdle) this.swap(undefined, "idle");
  }

  #requireCanary(id: string, what: string): void {
    const { swap } = this.#state;
    if (swap?.id === id && swap.stage === "canary") return;
    throw new SyrinxError("swap-not-canary", `Cannot ${what} swap ${id} as it is no canary that is on trial`);
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
    for (const effect of effects) {
      if (effect.type === "finish") this.#manners.delete(effect.transition.id);
      if (effect.type === "record") this.#noteRollback(effect.transition);
      if (effect.type === "route") this.#noteVoice(effect);
      this.#perform(effect);
    }
    this.#tell();
  }

  /** Who was heard is known by its speakers, also when it is not loaded. */
  #noteVoice({ instance, binding }: EffectOf<"route">): void {
    const loaded = this.#crew.member(instance)?.instance.loaded;
    if (loaded) this.#lastVoice = { loaded, release: bindingId(binding) };
  }

  /** What was rolled back is not wanted any more, whoever said so. */
  #noteRollback({ reason, stage, binding }: Transition): void {
    if (reason === "rollback" && stage === "routed" && binding) this.wanted = wantedOf(binding);
  }

  /** Wakes those who wait for another state, and tells of the slot if it is not as it was told of last. */
  #tell(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers();
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
}
